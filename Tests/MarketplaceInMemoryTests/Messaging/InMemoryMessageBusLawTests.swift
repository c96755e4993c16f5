import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct InMemoryMessageBusLawTests {
    @Test(arguments: MessageBusLaws.all)
    func everyLawOfMessageBusesHolds(_ law: MessageBusLaw) async throws {
        try await law.check {
            let clock = ManualClock()
            let store = InMemoryStore(wallClock: clock.wall, clock: clock)
            return MessageBusSite(InMemoryMessageBus(clock: clock), store: store, clock: clock)
        }
    }

    @Test(arguments: DeadLetterBusLaws.all)
    func everyLawOfDeadLettersHolds(_ law: DeadLetterBusLaw) async throws {
        try await law.check {
            let clock = ManualClock()
            let store = InMemoryStore(wallClock: clock.wall, clock: clock)
            return DeadLetterBusSite(InMemoryMessageBus(clock: clock), store: store, clock: clock)
        }
    }
}
