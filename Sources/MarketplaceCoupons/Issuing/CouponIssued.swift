public import MarketplaceCore

/// A member got a coupon: the event that ``CouponIssuing`` records with each, in a stream of its own.
public struct CouponIssued: EventPayload {
    /// `CouponIssued`.
    public static let eventName = "CouponIssued"

    /// The coupon.
    public let code: CouponCode
    /// Its campaign.
    public let campaign: CampaignID
    /// Whose it is.
    public let owner: MemberKey
    /// The code for everybody it was given for, if it was.
    public let exchangedFor: CouponCode?

    /// Makes the payload.
    public init(code: CouponCode, campaign: CampaignID, owner: MemberKey, exchangedFor: CouponCode?) {
        self.code = code
        self.campaign = campaign
        self.owner = owner
        self.exchangedFor = exchangedFor
    }
}
