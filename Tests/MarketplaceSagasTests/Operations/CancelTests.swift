import MarketplaceCore
import MarketplaceTestKit
import Testing

@testable import MarketplaceSagas

struct CancelTests {
    private let shop = Workshop()

    private var definition: SagaDefinition<JobState> {
        let shop = shop
        return SagaDefinition("cancel", version: 1, state: JobState.self) {
            shop.step("a", \.a)
            AwaitSignal("approval", into: \.approval)
            shop.step("b", \.b)
            shop.pivot()
            shop.last()
        }
    }

    @Test func aSagaThatWaitsTurnsAroundAtOnce() async throws {
        let definition = definition
        let coordinator = shop.coordinator("A", definition)
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        try await shop.wait(for: .waiting, definition)
        try await shop.coordinator("B", definition).cancel(definition.name, key: "k", because: "changed my mind")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        guard case .aborted(_, let abort) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(abort == SagaAbort(.cancelled, step: "approval", reason: "changed my mind"))
        #expect(shop.desk.log == ["a", "undo a"])
    }

    @Test func theStepUnderWayIsWaitedForAndUndone() async throws {
        let definition = definition
        shop.desk.hold("a begins")
        let coordinator = shop.coordinator("A", definition)
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        await shop.desk.waitForCall("a")
        try await coordinator.cancel(definition.name, key: "k", because: "no")
        await shop.settle()
        #expect(shop.desk.log.isEmpty)
        shop.desk.release("a begins")
        #expect(try await handle.outcome().short == "aborted: cancelled at approval")
        #expect(shop.desk.log == ["a", "undo a"])
    }

    @Test(arguments: ["pivot begins", "last begins"])
    func onceThePivotIsUnderWayTheWishChangesNothing(_ point: String) async throws {
        let definition = definition
        let coordinator = shop.coordinator("A", definition)
        shop.desk.hold(point)
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        try await coordinator.signal("approval", "yes", to: definition.name, key: "k")
        await shop.desk.waitForCall(String(point.prefix { $0 != " " }))
        try await coordinator.cancel(definition.name, key: "k", because: "too late")
        shop.desk.release(point)
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.short == "completed")
        #expect(try await shop.journal(definition).contains(.cancelRequested("too late")))
    }

    @Test func aSagaThatIsOverCannotBeCancelled() async throws {
        let definition = definition
        let coordinator = shop.coordinator("A", definition)
        shop.desk.script("a", Refused("no"))
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        _ = try await handle.outcome()
        await #expect(throws: SagaError.alreadyEnded(handle.id, .aborted)) {
            try await coordinator.cancel(definition.name, key: "k", because: "no")
        }
    }

    @Test func whoeverWaitsForTheOutcomeCanGiveUpWithoutStoppingTheSaga() async throws {
        let definition = definition
        let coordinator = shop.coordinator("A", definition)
        shop.desk.script("b", Refused("no"))
        shop.desk.hold("undo a begins")
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        try await coordinator.signal("approval", "yes", to: definition.name, key: "k")
        let waiting = Task { try await handle.outcome() }
        await shop.desk.waitForCall("undo a")
        waiting.cancel()
        await #expect(throws: SagaError.cancelled) { _ = try await waiting.value }
        shop.desk.release("undo a begins")
        try await shop.wait(for: .aborted, definition)
        #expect(shop.desk.log == ["a", "undo a"])
    }
}
