import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Testing

@testable import MarketplaceSagas

struct RetentionTests {
    private let shop = Workshop()

    private var definition: SagaDefinition<JobState> {
        let shop = shop
        return SagaDefinition("keep", version: 1, state: JobState.self) {
            shop.step("a", \.a)
            shop.last()
        }
    }

    private func entries(_ definition: SagaDefinition<JobState>) async throws -> Int {
        let id = try await shop.summary(definition).id
        return try await shop.store.events(in: SagaCoordinator.stream(of: id), from: .first, limit: 100).count
    }

    @Test func withoutARetentionTheJournalIsGoneAtTheEnd() async throws {
        let definition = definition
        let coordinator = shop.coordinator("A", definition, retention: .zero)
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        #expect(try await handle.outcome().short == "completed")
        #expect(try await entries(definition) == 0)
        let again = try await coordinator.start(definition, JobState(), key: "k")
        #expect(!again.isNew)
        #expect(again.id == handle.id)
        await #expect(throws: SagaError.forgotten(handle.id, .completed)) { try await again.outcome() }
    }

    @Test func whatIsAppendedDuringTheLastCommitIsSeenEvenWithoutARetention() async throws {
        let shop = shop
        let definition = SagaDefinition("no pivot", version: 1, state: JobState.self) { shop.step("a", \.a) }
        shop.desk.hold("a ends")
        let coordinator = shop.coordinator("A", definition, retention: .zero)
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        await shop.desk.waitForEffect("a")
        try await coordinator.cancel("no pivot", key: "k", because: "no")
        shop.desk.release("a ends")
        #expect(try await handle.outcome().short.hasPrefix("aborted: cancelled"))
        #expect(shop.desk.log == ["a", "undo a"])
    }

    @Test func aWorkerTrimsJournalsWhenTheirTimeHasCome() async throws {
        let definition = definition
        let coordinator = shop.coordinator("A", definition, retention: .seconds(20))
        let running = Task { try await coordinator.run() }
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        _ = try await handle.outcome()
        await shop.pass(seconds: 15, sleepers: 1)
        #expect(try await entries(definition) == 3)
        await shop.pass(seconds: 7, sleepers: 1)
        try await shop.until { try await entries(definition) == 0 }
        #expect(try await shop.summary(definition).status == .completed)
        #expect(try await !coordinator.start(definition, JobState(), key: "k").isNew)
        await coordinator.drain()
        _ = try await running.value
    }

    @Test func aSagaThatEndsWhereItBeginsLeavesNoJournalBehind() async throws {
        let shop = shop
        let definition = SagaDefinition("nothing", version: 1, state: JobState.self) {
            shop.step("a", \.a, when: { _ in false })
        }
        let coordinator = shop.coordinator("A", definition, retention: .zero)
        let running = Task { try await coordinator.run() }
        let handle = try await coordinator.start(definition, JobState(), key: "k")
        _ = try await handle.outcome()
        await shop.pass(seconds: 2, sleepers: 1)
        try await shop.until { try await entries(definition) == 0 }
        await coordinator.drain()
        _ = try await running.value
    }
}
