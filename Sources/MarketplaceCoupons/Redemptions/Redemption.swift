public import MarketplaceCore
public import MarketplacePromotions

/// The use of limits and coupons by one order: set aside, used, or given back.
public struct Redemption: Hashable, Sendable {
    /// Names it.
    public let id: RedemptionID
    /// Who buys; nil when it was released before it was ever made.
    public let member: MemberKey?
    /// What it claims of limits, while it is held or redeemed; afterwards what was not given back.
    public let claims: [QuotaClaim]
    /// The codes it uses, while it is held or redeemed; afterwards those that were not given back.
    public let codes: [CouponCode]
    /// What it is for.
    public let reference: RedemptionReference?
    /// Where it stands.
    public let state: RedemptionState
    /// When it ends by itself as long as it is held; nil when it was released before it was ever made.
    public let deadline: Timestamp?
    /// When it was made.
    public let heldAt: Timestamp
    /// When it came to where it stands.
    public let changedAt: Timestamp
    /// Why it was given back, if it was and somebody said why.
    public let reason: RedemptionReason?
}

/// One page of redemptions.
public struct RedemptionSlice: Hashable, Sendable {
    /// The redemptions, by ascending id.
    public let redemptions: [Redemption]
    /// The id to read on after; nil when this was the last page.
    public let next: RedemptionID?
}

/// How a redemption stands after a release; a repeated release gets the same answer.
public enum RedemptionReleaseOutcome: Hashable, Sendable {
    /// It was held, and what it held is available again.
    case released
    /// Its deadline had passed before, which gave back what it held.
    case expired
    /// There was none of that id. From now on a hold of that id is refused.
    case neverHeld
}

/// How a redemption stands after it was to be restored.
public enum RedemptionRestoreOutcome: Hashable, Sendable {
    /// What its policies allow came back: at least one claim or coupon, or there was nothing to come back.
    case restored
    /// Its policies give nothing back: it stays redeemed.
    case kept
}
