public import MarketplaceCore

/// What an order has to set aside of a limit before it may count on a discount.
public struct QuotaClaim: Sendable, Hashable {
    /// The promotion whose limit it is.
    public let promotion: PromotionID
    /// Which of its limits.
    public let quota: Quota
    /// How much of it: one use, or the discount in minor units.
    public let amount: Int64
    /// The limit itself, in the same unit.
    public let limit: Int64

    /// A claim of so much of a limit.
    public init(promotion: PromotionID, quota: Quota, amount: Int64, limit: Int64) {
        self.promotion = promotion
        self.quota = quota
        self.amount = amount
        self.limit = limit
    }

    /// One of the limits of a promotion.
    public enum Quota: Sendable, Hashable {
        /// The uses by all orders.
        case total
        /// The uses by the orders of one member.
        case member(MemberKey)
        /// The uses by orders with this value of a fact of the buyer.
        case attribute(name: String, value: String)
        /// The sum of discounts, in minor units of the currency.
        case budget(Currency)
        /// The uses of one code.
        case code(CouponCode)
    }
}
