/// How much of a promotion's limits is used already, as far as the caller knows.
///
/// What the engine is told here decides what it shows a buyer; what is binding is the counters a redemption runs on.
public struct PromotionUsage: Sendable, Hashable {
    /// By how many orders.
    public var total: Int64
    /// By how many orders of the buyer.
    public var byMember: Int64
    /// By how many orders with the buyer's value of the limited fact.
    public var byAttribute: Int64
    /// How much of the budget is spent, in minor units of its currency.
    public var spentMinor: Int64

    /// Nothing used, unless something is given.
    public init(total: Int64 = 0, byMember: Int64 = 0, byAttribute: Int64 = 0, spentMinor: Int64 = 0) {
        self.total = total
        self.byMember = byMember
        self.byAttribute = byAttribute
        self.spentMinor = spentMinor
    }
}
