import ExampleSupport
import Foundation
import MarketplaceCore
import PriceCartKit
import TestSupport
import Testing

/// Whatever stands in a document, it is priced or refused in one line: nothing traps.
struct MutatedDocumentTests {
    private static let carts: [[UInt8]] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Examples/PriceCart/Carts")
        return ["best", "sellers", "spring"].compactMap { name in
            (try? Data(contentsOf: folder.appending(path: "\(name).json"))).map(Array.init)
        }
    }()

    /// What is put in the place of a number or a text.
    private static let values = [
        "0", "-1", "1", "1000000000", "9223372036854775807", "-9223372036854775808", "1e400", "0.5", "null", "true",
        "[]",
        "{}", #""""#, #""0 KRW""#, #""9223372036854775807 KRW""#, #""92233720368547758.07 USD""#, #""-0.01 USD""#,
        #""100%""#, #""9223372036854775807/9223372036854775806%""#, #""-1%""#, #""free""#, #""every""#, #""member""#,
        #""best""#, #""2262-01-01T00:00:00Z""#, #""+294247-01-10T04:00:54Z""#, #""24:00""#, #""-18:00""#,
    ]

    /// Expects a price or one line.
    private func check(_ bytes: [UInt8], _ replay: Comment) -> Bool {
        do throws(PriceCartFailure) {
            let priced = try PriceCart(bytes: bytes, name: "cart.json", now: .epoch)
            #expect(!Receipt(priced, isExplained: true).lines(width: 80).isEmpty, replay)
            let json = try priced.json()
            #expect(!json.isEmpty, replay)
            return true
        } catch {
            #expect(error.line.hasPrefix("cart.json: $"), replay)
            #expect(!error.line.contains { $0.isNewline }, replay)
            return false
        }
    }

    @Test func aDocumentWithOtherValuesIsPricedOrRefused() {
        #expect(Self.carts.count == 3)
        var pricedCount = 0
        PropertyRun.check(600) { run in
            var text = String(decoding: run.element(of: Self.carts), as: UTF8.self)
            for _ in 0...run.natural(through: 2) {
                // What stands behind a colon and is a text or a number.
                let places = text.matches(of: /: ("[^"]*"|-?[0-9.]+)/)
                guard !places.isEmpty else { break }
                let place = run.element(of: places)
                text.replaceSubrange(place.range, with: ": " + run.element(of: Self.values))
            }
            if check(Array(text.utf8), run.replay) { pricedCount += 1 }
        }
        #expect(pricedCount > 10 || PropertyRun.isPartial, "nothing that was changed is priced: \(pricedCount)")
    }

    @Test func aDocumentWithOtherBytesIsPricedOrRefused() {
        PropertyRun.check(600) { run in
            var bytes = run.element(of: Self.carts)
            for _ in 0...run.natural(through: 3) {
                let place = run.natural(through: bytes.count - 1)
                switch run.natural(through: 2) {
                case 0: bytes.remove(at: place)
                case 1: bytes[place] = UInt8(run.natural(through: 255))
                default: bytes.insert(run.element(of: Array("{}[]\",:0-e".utf8)), at: place)
                }
            }
            _ = check(bytes, run.replay)
        }
    }
}
