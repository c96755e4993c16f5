import MarketplaceCore
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Testing

@testable import MarketplaceSagas

struct DeadlineTests {
    private let shop = Workshop()

    private func deadline(in limit: Duration) -> Timestamp { shop.clock.wall.now.advanced(by: limit) }

    private var definition: SagaDefinition<JobState> {
        let shop = shop
        return SagaDefinition("deadline", version: 1, state: JobState.self) {
            shop.step("a", \.a)
            shop.step("b", \.b)
            shop.pivot()
            shop.last()
        }
    }

    @Test func beforeThePivotTheSagaTurnsAround() async throws {
        let definition = definition
        shop.desk.hold("a ends")
        let handle = try await shop.coordinator("A", definition).start(
            definition,
            JobState(),
            key: "k",
            deadline: deadline(in: .seconds(10))
        )
        await shop.desk.waitForEffect("a")
        // The answer is there in time, but what is decided on it is not.
        shop.clock.setWallTime(deadline(in: .seconds(11)))
        shop.desk.release("a ends")
        #expect(try await handle.outcome().short == "aborted: deadline at b")
        #expect(shop.desk.log == ["a", "undo a"])
    }

    @Test func anAttemptMayNotTakeLongerThanTheSaga() async throws {
        let definition = definition
        shop.desk.hold("b begins")
        let handle = try await shop.coordinator("A", definition).start(
            definition,
            JobState(),
            key: "k",
            deadline: deadline(in: .seconds(10))
        )
        await shop.desk.waitForCall("b")
        await shop.pass(seconds: 10, sleepers: 1)
        #expect(try await handle.outcome().short == "aborted: unknown at b")
        #expect(shop.desk.log == ["a", "undo b", "undo a"])
        shop.desk.release("b begins")
    }

    @Test func afterThePivotTheSagaGoesForward() async throws {
        let definition = definition
        shop.desk.hold("pivot ends")
        let handle = try await shop.coordinator("A", definition).start(
            definition,
            JobState(),
            key: "k",
            deadline: deadline(in: .seconds(10))
        )
        await shop.desk.waitForEffect("pivot")
        shop.clock.setWallTime(deadline(in: .seconds(100)))
        shop.desk.release("pivot ends")
        #expect(try await handle.outcome().short == "completed")
    }

    @Test func aSagaThatWaitsIsWokenByItsDeadline() async throws {
        let shop = shop
        let definition = SagaDefinition("waits", version: 1, state: JobState.self) {
            shop.step("a", \.a)
            AwaitSignal("approval", into: \.approval)
            shop.pivot()
        }
        let coordinator = shop.coordinator("A", definition)
        let running = Task { try await coordinator.run() }
        let end = deadline(in: .seconds(10))
        let handle = try await coordinator.start(definition, JobState(), key: "k", deadline: end)
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.short == "aborted: deadline at approval")
        #expect(shop.desk.log == ["a", "undo a"])
        await coordinator.drain()
        _ = try await running.value
    }

    @Test func aDeadlineAtTheEndOfTimeIsNoBurdenToTheClock() async throws {
        let definition = definition
        let sagas = SagaCoordinator(
            store: shop.store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 1),
            definitions: [SagaRegistration(definition)]
        )
        let handle = try await sagas.start(definition, JobState(), key: "k", deadline: .distantFuture)
        #expect(try await handle.outcome().short == "completed")
    }
}
