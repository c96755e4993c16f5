package import Marketplace

/// What happened on one day, counted.
package struct DayTally: Sendable, Hashable {
    /// Which day, from 0.
    package let day: Int
    /// Who signed up.
    package var joined = 0
    /// Shops that opened.
    package var shops = 0
    /// Products that went on sale.
    package var products = 0
    /// Purchases that were paid for.
    package var purchases = 0
    /// Orders that came of them, one for each seller.
    package var orders = 0
    /// Purchases with a code that took something off.
    package var discounted = 0
    /// Purchases that came to nothing, by reason.
    package var refusals: [DayRefusal: Int] = [:]
    /// What was paid, in minor units.
    package var sales: [Currency: Int64] = [:]
    /// What buyers got back, in minor units.
    package var refunds: [Currency: Int64] = [:]
    /// What sellers were sent, in minor units.
    package var payouts: [Currency: Int64] = [:]
    /// How many payouts that were.
    package var payoutCount = 0
    /// Parcels that left.
    package var sent = 0
    /// Parcels that arrived.
    package var delivered = 0
    /// Orders that were called off.
    package var canceled = 0
    /// Returns that were settled.
    package var returned = 0
    /// Exchanges among them.
    package var exchanged = 0
    /// Claims that were settled.
    package var claims = 0
    /// Parcels that were lost.
    package var lost = 0
    /// Purchases that store credit has paid, in part or whole.
    package var creditPurchases = 0
    /// Those of them that it has paid whole.
    package var creditOnly = 0
    /// Those of them that were made of several sellers.
    package var creditOfSeveral = 0
    /// Gift cards that were redeemed.
    package var cards = 0
    /// How store credit has grown and shrunk, in minor units.
    package var credit: [CreditMovement: [Currency: Int64]] = [:]
    /// What went wrong, and was put right.
    package var troubles: [DayTrouble: Int] = [:]
    /// What is worth telling.
    package var notes: [String] = []

    /// A day on which nothing happened yet.
    init(day: Int) {
        self.day = day
    }
}
