import MarketplaceCore
import MarketplaceTestKit
import Testing

@testable import MarketplaceSagas

struct OperatorTests {
    private let shop = Workshop()

    private var definition: SagaDefinition<JobState> {
        let shop = shop
        return SagaDefinition("operate", version: 1, state: JobState.self) {
            shop.step("a", \.a)
            shop.step("b", \.b)
            shop.step("c", \.c)
            shop.last()
        }
    }

    /// Leaves a saga stuck at the undo of `b`.
    private func getStuck(_ definition: SagaDefinition<JobState>) async throws -> SagaCoordinator {
        shop.desk.script("c", Refused("no"))
        shop.desk.script("undo b", Timeout(), times: 3)
        let coordinator = shop.coordinator("A", definition)
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.short == "stuck: backward at b")
        return coordinator
    }

    /// Leaves a saga stuck at `last`, which must not fail.
    private func getStuckAfterThePivot(_ definition: SagaDefinition<JobState>) async throws -> SagaCoordinator {
        shop.desk.script("last", NotApplied("busy"), times: 3)
        let coordinator = shop.coordinator("A", definition)
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.short == "stuck: forward at last")
        return coordinator
    }

    private func operate(_ verb: SagaOperation.Verb, _ coordinator: SagaCoordinator) async throws -> SagaOperation {
        let operation = SagaOperation(verb, by: "Eve", because: "ticket 17")
        try await coordinator.operate(operation, on: definition.name, key: "k")
        return operation
    }

    @Test func theHookIsToldWhereAndWhy() async throws {
        _ = try await getStuck(definition)
        #expect(shop.stuck.all == ["k: undo of b: Timeout()"])
        #expect(shop.desk.log == ["a", "b"])
    }

    @Test(arguments: [
        (SagaOperation.Verb.retry, ["a", "b", "undo b", "undo a"]), (.skip, ["a", "b", "undo a"]),
        (.markCompensated, ["a", "b", "undo a"]),
    ])
    func anOperatorGetsAnUndoGoing(_ verb: SagaOperation.Verb, _ log: [String]) async throws {
        let definition = definition
        let operation = try await operate(verb, try await getStuck(definition))
        try await shop.wait(for: .aborted, definition)
        #expect(shop.desk.log == log)
        #expect(try await shop.journal(definition).contains(.operated(operation)))
    }

    @Test func anOperatorDeclaresASagaComplete() async throws {
        let definition = definition
        let operation = try await operate(.forceComplete, try await getStuck(definition))
        try await shop.wait(for: .completed, definition)
        #expect(shop.desk.log == ["a", "b"])
        #expect(try await shop.journal(definition).contains(.operated(operation)))
    }

    @Test(arguments: [(SagaOperation.Verb.retry, ["a", "b", "c", "last"]), (.skip, ["a", "b", "c"])])
    func anOperatorGetsAStepAfterThePivotGoing(_ verb: SagaOperation.Verb, _ log: [String]) async throws {
        let definition = definition
        let coordinator = try await getStuckAfterThePivot(definition)
        _ = try await operate(verb, coordinator)
        try await shop.wait(for: .completed, definition)
        #expect(shop.desk.log == log)
        #expect(shop.desk.keys("last").count == 1)
    }

    @Test func thereIsNothingToCompensateAtAStepThatGoesForward() async throws {
        let definition = definition
        let coordinator = try await getStuckAfterThePivot(definition)
        let before = try await shop.journal(definition)
        let saga = try await shop.summary(definition).id
        let refusal = await #expect(throws: SagaError.self) { _ = try await operate(.markCompensated, coordinator) }
        guard case .nothingToCompensate(saga, let stuck) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(stuck.step == "last" && stuck.direction == .forward)
        #expect(refusal?.effect == .refused)
        #expect(try await shop.journal(definition) == before)
        #expect(try await shop.summary(definition).status == .stuck)
    }

    @Test func aSagaThatIsNotStuckIsLeftAlone() async throws {
        let definition = definition
        shop.desk.hold("a begins")
        let coordinator = shop.coordinator("A", definition)
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        await #expect(throws: SagaError.notStuck(handle.id, .running)) {
            _ = try await operate(.forceComplete, coordinator)
        }
        shop.desk.release("a begins")
        _ = try await handle.outcome()
        await #expect(throws: SagaError.alreadyEnded(handle.id, .completed)) {
            _ = try await operate(.retry, coordinator)
        }
    }

    @Test func aSagaThatGetsStuckAgainIsReportedAgain() async throws {
        let definition = definition
        let coordinator = try await getStuck(definition)
        shop.desk.script("undo b", Timeout(), times: 3)
        _ = try await operate(.retry, coordinator)
        try await shop.clock.advancing { [shop] in try await shop.until { shop.stuck.all.count == 2 } }
        #expect(try await shop.summary(definition).status == .stuck)
    }
}
