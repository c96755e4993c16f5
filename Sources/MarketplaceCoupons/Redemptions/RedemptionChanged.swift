public import MarketplaceCore

/// A redemption came to a new state: the event that ``CouponRedemptions`` records with every change.
public struct RedemptionChanged: EventPayload {
    /// `CouponRedemptionChanged`.
    public static let eventName = "CouponRedemptionChanged"

    /// The redemption.
    public let redemption: RedemptionID
    /// Where it stands now.
    public let state: RedemptionState
    /// What it is for.
    public let reference: RedemptionReference?
    /// The promotions it claims limits of, each once.
    public let promotions: [PromotionID]
    /// The codes it uses.
    public let codes: [CouponCode]
    /// Why, if somebody said so.
    public let reason: RedemptionReason?

    /// Makes the payload.
    public init(
        redemption: RedemptionID,
        state: RedemptionState,
        reference: RedemptionReference?,
        promotions: [PromotionID],
        codes: [CouponCode],
        reason: RedemptionReason? = nil
    ) {
        self.redemption = redemption
        self.state = state
        self.reference = reference
        self.promotions = promotions
        self.codes = codes
        self.reason = reason
    }
}
