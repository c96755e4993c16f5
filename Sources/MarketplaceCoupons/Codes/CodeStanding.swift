public import MarketplaceCore
public import MarketplacePromotions

/// What a code that can be used now stands for.
public struct CodeStanding: Hashable, Sendable {
    /// The code.
    public let code: CouponCode
    /// Its campaign.
    public let campaign: CampaignID
    /// The promotions that it opens.
    public let promotions: [PromotionID]
    /// Whether it can be used once; else it is a code for everybody.
    public let isCoupon: Bool
    /// Whether an order that uses it takes something of it: a coupon, or a code for everybody with a limit.
    public let isCounted: Bool
    /// Until when it can be used, this point excluded.
    public let expiry: Timestamp

    /// The code as a basket is priced with it, once for each promotion it opens.
    public var presented: [PresentedCode] { promotions.map { PresentedCode(code, for: $0) } }
}
