import MarketplaceCore
import MarketplaceTestKit
import Synchronization
import Testing

@testable import MarketplaceSagas

struct PauseTests {
    private let shop = Workshop()

    private var definition: SagaDefinition<JobState> {
        let shop = shop
        return SagaDefinition("pause", version: 1, state: JobState.self) {
            shop.step("a", \.a)
            Pause("night", for: .seconds(60))
            shop.step("b", \.b)
        }
    }

    @Test func aSagaThatPausesIsInNobodysHandsUntilItsTimeHasCome() async throws {
        let definition = definition
        let coordinator = shop.coordinator("A", definition)
        let start = shop.clock.wall.now
        _ = try await coordinator.start(definition, JobState(), key: "k")
        try await shop.wait(for: .waiting, definition)
        try await shop.until { coordinator.state.withLock { $0.driven.isEmpty } }
        let summary = try await shop.summary(definition)
        #expect(summary.wakeAt == start.advanced(by: .seconds(60)))
        #expect(summary.owner.isEmpty)
        #expect(shop.clock.sleeperCount == 0)
    }

    @Test func aWorkerPicksItUpWhenItIsDueAndNotBefore() async throws {
        let definition = definition
        let starter = shop.coordinator("A", definition)
        _ = try await starter.start(definition, JobState(), key: "k")
        try await shop.wait(for: .waiting, definition)
        // Another process, as after a restart.
        let worker = shop.coordinator("B", definition)
        let running = Task { try await worker.run() }
        await shop.pass(seconds: 59, sleepers: 1)
        #expect(try await shop.summary(definition).status == .waiting)
        await shop.pass(seconds: 2, sleepers: 1)
        try await shop.wait(for: .completed, definition)
        #expect(shop.desk.log == ["a", "b"])
        await worker.drain()
        _ = try await running.value
    }

    @Test func aPauseThatIsOverWhenItsTurnComesDoesNotPark() async throws {
        let shop = shop
        let definition = SagaDefinition("past", version: 1, state: JobState.self) {
            Pause("long ago", until: { _ in .epoch })
            shop.step("b", \.b)
        }
        let handle = try await shop.coordinator("A", definition).start(definition, JobState(), key: "k")
        #expect(try await handle.outcome().short == "completed")
    }

    @Test func aPauseIsNothingToTakeBack() async throws {
        let definition = definition
        shop.desk.script("b", Refused("no"))
        let coordinator = shop.coordinator("A", definition)
        let running = Task { try await coordinator.run() }
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.short == "aborted: refused at b")
        #expect(shop.desk.log == ["a", "undo a"])
        await coordinator.drain()
        _ = try await running.value
    }
}
