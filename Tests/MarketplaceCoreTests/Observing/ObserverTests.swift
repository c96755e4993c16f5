import MarketplaceCore
import TestSupport
import Testing

private struct Sold: ObserverEvent {
    static let name = "sale.sold"
    let sku: String

    var attributes: [ObserverAttribute] { [.field("sku", .text(sku)), .label("channel", "web")] }
}

private enum Reason: Error { case tired }

struct ObserverTests {
    @Test func whatIsRecordedArrivesWithItsName() {
        let notebook = Notebook()
        notebook.record(Sold(sku: "a"))
        #expect(notebook.lines == ["sale.sold"])
    }

    @Test func theDefaultHookPerformsTheBodyOnceAndGivesItsValue() async {
        var calls = 0
        let value = await SilentObserver().around("test") { () async throws(Never) -> Int in
            calls += 1
            return 7
        }
        #expect(value == 7)
        #expect(calls == 1)
    }

    @Test func theDefaultHookPassesOnTheTypedError() async {
        do throws(Reason) {
            try await Notebook().around("test") { () async throws(Reason) in throw .tired }
            Issue.record("nothing was thrown")
        } catch {
            #expect(error == .tired)
        }
    }

    @Test func aLabelIsToldFromAField() {
        let attributes = Sold(sku: "a").attributes
        #expect(attributes.map(\.isLabel) == [false, true])
        #expect(attributes.map(\.name) == ["sku", "channel"])
    }

    @Test func theSilentObserverTakesAnything() {
        let observer: any Observer = .silent
        observer.record(Sold(sku: "a"))
    }
}
