import MarketplaceCore
import MarketplaceTestKit
import Testing

@testable import MarketplaceSagas

struct ParallelTests {
    /// Where a sibling is when another branch fails.
    enum Sibling: CaseIterable {
        case notBegun
        case running
        case done
    }

    private let shop = Workshop()

    private var definition: SagaDefinition<JobState> {
        let shop = shop
        return SagaDefinition("parallel", version: 1, state: JobState.self) {
            Parallel {
                shop.step("a", \.a)
                shop.step("b", \.b)
                shop.step("c", \.c)
                shop.step("d", \.d)
            }
            shop.last()
        }
    }

    @Test func allBranchesRunAtTheSameTimeAndTheirOutputsReachTheState() async throws {
        let definition = definition
        for name in ["a", "b", "c", "d"] { shop.desk.hold("\(name) begins") }
        let handle = try await shop.coordinator("A", definition).start(definition, JobState(), key: "k")
        for name in ["a", "b", "c", "d"] { await shop.desk.waitForCall(name) }
        for name in ["d", "c", "b", "a"] { shop.desk.release("\(name) begins") }
        let state = try await handle.outcome().state
        #expect(state == JobState(a: "a ok", b: "b ok", c: "c ok", d: "d ok", last: "last after nothing"))
    }

    /// Every pair of a branch that fails and a sibling at every stage of its way.
    @Test(arguments: 0..<4, Sibling.allCases)
    func everyBranchIsWaitedForAndThenUndoneOnce(_ failing: Int, _ place: Sibling) async throws {
        let names = ["a", "b", "c", "d"]
        for sibling in 0..<4 where sibling != failing {
            try await ParallelTests().run(names[failing], names[sibling], place)
        }
    }

    private func run(_ failing: String, _ sibling: String, _ place: Sibling) async throws {
        let definition = definition
        shop.desk.script(failing, Refused("no"))
        shop.desk.hold("\(failing) begins")
        let point = place == .running ? "\(sibling) ends" : "\(sibling) begins"
        if place != .done { shop.desk.hold(point) }
        let handle = try await shop.coordinator("A", definition).start(definition, JobState(), key: "k")
        for name in ["a", "b", "c", "d"] { await shop.desk.waitForCall(name) }
        if place == .done { await shop.desk.waitForEffect(sibling) }
        shop.desk.release("\(failing) begins")
        try await shop.until {
            try await shop.journal(definition).contains { if case .aborting = $0 { true } else { false } }
        }
        if place != .done {
            await shop.settle()
            #expect(!shop.desk.log.contains { $0.hasPrefix("undo") }, "\(failing) fails while \(sibling) is \(place)")
            shop.desk.release(point)
        }
        let outcome = try await handle.outcome()
        #expect(outcome.short == "aborted: refused at \(failing)")
        let undone = shop.desk.log.filter { $0.hasPrefix("undo") }
        let expected = ["d", "c", "b", "a"].filter { $0 != failing }.map { "undo \($0)" }
        #expect(undone == expected, "\(failing) fails while \(sibling) is \(place)")
    }

    @Test func outcomesThatArriveDuringACommitJoinTheNext() async throws {
        let definition = definition
        let gate = CommitGate()
        let slow = FaultInjectingStore(shop.store, beforeCommit: { await gate.pass($0) })
        gate.hold(2)
        let handle = try await shop.coordinator("A", over: slow, definition).start(definition, JobState(), key: "k")
        await gate.waitForArrival(2)
        for name in ["a", "b", "c", "d"] { await shop.desk.waitForEffect(name) }
        await shop.settle()
        gate.release(2)
        _ = try await handle.outcome()
        // The start, the first outcome, the three others together, and the end; or fewer when the first came with them.
        #expect(slow.commitCount <= 4)
    }

    @Test func aBranchWhoseConditionIsFalseIsNeitherRunNorUndone() async throws {
        let shop = shop
        let definition = SagaDefinition("partly", version: 1, state: JobState.self) {
            Parallel {
                shop.step("a", \.a)
                shop.step("b", \.b, when: { $0.name == "nobody" })
            }
            shop.step("c", \.c)
        }
        shop.desk.script("c", Refused("no"))
        let handle = try await shop.coordinator("A", definition).start(definition, JobState(), key: "k")
        #expect(try await handle.outcome().short == "aborted: refused at c")
        #expect(shop.desk.log == ["a", "undo a"])
    }
}
