import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct InMemoryStoreTests {
    @Test func anEmptyTransactionCommits() async throws {
        let store = InMemoryStore(wallClock: ManualClock().wall)
        let receipt = try await store.commit(Transaction(id: .init(bits: 1), time: .epoch))
        #expect(receipt.position == .start)
    }
}
