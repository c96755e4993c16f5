public import MarketplaceCoupons
public import MarketplacePromotions

/// How a checkout computes what is to be paid.
public struct CheckoutPricing: Sendable {
    /// Where promotions come from.
    public var promotions: any PromotionSource
    /// How discounts are computed where rules leave it open.
    public var policy: PricingPolicy
    /// What becomes of the uses of limits when an order is canceled.
    public var restoring: RestorePolicy

    /// Pricing without promotions, under the standard policy, unless something else is given.
    public init(
        promotions: any PromotionSource = ListedPromotions([]),
        policy: PricingPolicy = .standard,
        restoring: RestorePolicy = .always
    ) {
        self.promotions = promotions
        self.policy = policy
        self.restoring = restoring
    }
}
