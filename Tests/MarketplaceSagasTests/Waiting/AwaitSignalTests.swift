import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Testing

@testable import MarketplaceSagas

struct AwaitSignalTests {
    private let shop = Workshop()

    private func definition(afterPivot: Bool = false) -> SagaDefinition<JobState> {
        let shop = shop
        if afterPivot {
            return SagaDefinition("signal after", version: 1, state: JobState.self) {
                shop.step("a", \.a)
                shop.pivot()
                AwaitSignal("approval", into: \.approval, within: .seconds(30))
                shop.last()
            }
        }
        return SagaDefinition("signal before", version: 1, state: JobState.self) {
            shop.step("a", \.a)
            AwaitSignal("approval", into: \.approval, within: .seconds(30))
            shop.step("b", \.b, when: { $0.approval == "yes" })
            shop.last()
        }
    }

    @Test func aSignalThatComesBeforeItsTurnIsKept() async throws {
        let definition = definition()
        shop.desk.hold("a begins")
        let coordinator = shop.coordinator("A", definition)
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        await shop.desk.waitForCall("a")
        try await coordinator.signal("approval", "yes", to: definition.name, key: "k")
        shop.desk.release("a begins")
        let outcome = try await handle.outcome()
        #expect(outcome.state.approval == "yes")
        #expect(outcome.state.last == "last after yes")
        #expect(shop.desk.log == ["a", "b", "last"])
    }

    @Test func whatASignalBringsIsSeenByTheStepsAfterItAndTheirConditions() async throws {
        let definition = definition()
        let coordinator = shop.coordinator("A", definition)
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        try await shop.wait(for: .waiting, definition)
        try await coordinator.signal("approval", "yes", to: definition.name, key: "k")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.state.last == "last after yes")
        #expect(shop.desk.log == ["a", "b", "last"])
    }

    @Test func aSignalFromAnotherProcessMovesTheSagaOn() async throws {
        let definition = definition()
        let handle = try await shop.coordinator("A", definition).start(definition, JobState(), key: "k")
        try await shop.wait(for: .waiting, definition)
        try await shop.coordinator("B", definition).signal("approval", "yes", to: definition.name, key: "k")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.state.approval == "yes")
    }

    @Test func laterSignalsOfTheSameNameChangeNothing() async throws {
        let definition = definition()
        shop.desk.hold("a begins")
        let coordinator = shop.coordinator("A", definition)
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        await shop.desk.waitForCall("a")
        try await coordinator.signal("approval", "yes", to: definition.name, key: "k")
        try await coordinator.signal("approval", "no", to: definition.name, key: "k")
        shop.desk.hold("last begins")
        shop.desk.release("a begins")
        await shop.desk.waitForCall("last")
        try await coordinator.signal("approval", "perhaps", to: definition.name, key: "k")
        shop.desk.release("last begins")
        #expect(try await handle.outcome().state.approval == "yes")
    }

    /// The signal comes when the wait is journalled, and its driver has not left yet.
    @Test func aSignalThatComesWhileTheDriverLeavesIsNotLost() async throws {
        let definition = definition()
        let store = AfterCommitStore(shop.store)
        let coordinator = shop.coordinator("A", over: store, definition)
        store.afterCommit { [name = definition.name] number in
            // The second commit is the one that parks the saga.
            guard number == 2 else { return }
            try? await coordinator.signal("approval", "yes", to: name, key: "k")
        }
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.state.approval == "yes")
        #expect(shop.clock.now.offset < .seconds(30))
    }

    @Test func noSignalInTimeTurnsTheSagaAroundBeforeThePivot() async throws {
        let definition = definition()
        let coordinator = shop.coordinator("A", definition)
        let running = Task { try await coordinator.run() }
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.short == "aborted: deadline at approval")
        #expect(shop.desk.log == ["a", "undo a"])
        await #expect(throws: SagaError.self) {
            try await coordinator.signal("approval", "yes", to: definition.name, key: "k")
        }
        await coordinator.drain()
        _ = try await running.value
    }

    @Test func noSignalInTimeLeavesTheSagaStuckAfterThePivot() async throws {
        let definition = definition(afterPivot: true)
        let coordinator = shop.coordinator("A", definition)
        let running = Task { try await coordinator.run() }
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.short == "stuck: forward at approval")
        // It comes too late by itself, but an operator can let the saga go on with it.
        try await coordinator.signal("approval", "late", to: definition.name, key: "k")
        try await shop.wait(for: .stuck, definition)
        try await coordinator.operate(.init(.retry, by: "Eve", because: "it came"), on: definition.name, key: "k")
        try await shop.wait(for: .completed, definition)
        await coordinator.drain()
        _ = try await running.value
        let again = try await shop.coordinator("C", definition).start(definition, JobState(), key: "k")
        #expect(try await again.outcome().state.last == "last after late")
    }

    @Test func aSignalToNobodyIsRefused() async throws {
        let definition = definition()
        let coordinator = shop.coordinator("A", definition)
        await #expect(throws: SagaError.unknownSaga(name: definition.name, key: "none")) {
            try await coordinator.signal("approval", "yes", to: definition.name, key: "none")
        }
    }
}

extension AwaitSignalTests {
    @Test func aSignalOfAnotherNameOrTypeIsRefusedAndTheSagaGoesOnWaiting() async throws {
        let definition = definition()
        let coordinator = shop.coordinator("A", definition)
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        try await shop.wait(for: .waiting, definition)
        await #expect(throws: SagaError.unknownSignal("consent", known: ["approval"])) {
            try await coordinator.signal("consent", "yes", to: definition.name, key: "k")
        }
        await #expect(throws: SagaError.self) {
            try await coordinator.signal("approval", 17, to: definition.name, key: "k")
        }
        try await coordinator.signal("approval", "yes", to: definition.name, key: "k")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.state.approval == "yes")
    }
}
