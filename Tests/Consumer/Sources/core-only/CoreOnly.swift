import MarketplaceCore
import MarketplaceCoupons
import MarketplaceDomain
import MarketplaceInMemory
import MarketplaceInventory
import MarketplacePorts
import MarketplacePostgres
import MarketplacePromotions
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit

/// Uses a little of every module that must do without Foundation, so that each is really linked.
@main
enum CoreOnly {
    static func main() async throws {
        let price = Money(minorUnits: 1_00, .eur)
        let shares = try price.allocated(by: [1, 1, 1])
        let store = InMemoryStore()
        var transaction = Transaction(id: TransactionID(bits: 1), time: .epoch)
        transaction.add(shares[0].minorUnits, to: "shares", ceiling: 100)
        _ = InMemoryInventory()
        let basket = Basket(.eur, lines: [BasketLine("tea", price)])
        let priced = try basket.priced(with: [Promotion("tenth", .percentOff(.percent(10)))], at: .epoch)
        let claim = QuotaClaim(promotion: "tenth", quota: .total, amount: 1, limit: 10)
        print("priced:", priced.totals.total, "claimed:", claim.amount)
        print("shares:", try await store.commit(transaction).counters)
    }
}
