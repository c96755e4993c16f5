public import MarketplaceCore
public import MarketplaceCoupons
public import MarketplaceDomain
public import MarketplacePromotions

/// What a checkout has priced: the order as it will stand, and what it claims of limits and coupons.
public struct PricedOrder: Sendable, Hashable, Codable {
    /// The goods at their prices in the catalogue, gifts behind them.
    public let lines: [OrderLine]
    /// What each unit is sold for.
    public let shares: FrozenShares
    /// What is claimed of limits.
    public let claims: [QuotaClaim]
    /// The coupons and counted codes that bring something.
    public let codes: [CouponCode]
    /// Who sells what of it; nil when it is not sold by several.
    public let parts: [PricedPart]?
    /// The codes of the buyer that brought nothing because they could not be used, in their order; nil when all could.
    public let refusedCodes: [RefusedCode]?
}

/// A code that could not be used, and why.
public struct RefusedCode: Sendable, Hashable, Codable {
    /// The code.
    public let code: CouponCode
    /// Why it could not be used.
    public let refusal: CouponRefusal
}
