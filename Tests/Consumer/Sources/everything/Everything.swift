import Marketplace
import MarketplaceCore
import MarketplaceCoupons
import MarketplaceCrypto
import MarketplaceDomain
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplacePorts
import MarketplacePostgres
import MarketplacePromotions
import MarketplaceSQLite
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit

/// Imports every product at once: no two of them may get in each other's way.
@main
enum Everything {
    static func main() async throws {
        let clock = ManualClock()
        let store = InMemoryStore(wallClock: clock.wall, clock: clock)
        let payload = try JSONPayloadCodec().encode(["price": Money(minorUnits: 1_00, .eur)])
        var transaction = Transaction(id: TransactionID(bits: 1), time: clock.wall.now)
        transaction.append(
            [EventDraft(id: EventID(bits: 1), name: "Priced", payload: payload)],
            to: StreamID("product", "1"),
            expecting: .none
        )
        print(try await store.commit(transaction).versions)
    }
}
