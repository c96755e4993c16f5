public import MarketplaceCore

/// A member's own right to a campaign's promotions, to be used once.
public struct Coupon: Hashable, Sendable {
    /// What it is used by; it is of use to its owner alone.
    public let code: CouponCode
    /// Its campaign.
    public let campaign: CampaignID
    /// Whose it is.
    public let owner: MemberKey
    /// Since when.
    public let issuedAt: Timestamp
    /// Until when it can be used, this point excluded.
    public let expiry: Timestamp
    /// How it stood when it was read.
    public let state: State

    /// How a coupon stands.
    public enum State: Hashable, Sendable {
        /// It can be used, if its campaign is open.
        case available
        /// An order holds it. It may be overdue: then whoever wants it gets it.
        case held(by: RedemptionID)
        /// It was used.
        case redeemed(by: RedemptionID, at: Timestamp)
        /// It was not used in time.
        case expired
    }
}

/// Where a page of a member's coupons ended.
public struct CouponCursor: Hashable, Sendable, Codable {
    /// When the last coupon was issued.
    public let issuedAt: Timestamp
    /// The last coupon.
    public let code: CouponCode

    /// Makes a cursor, of the text form that a server gave out.
    public init(issuedAt: Timestamp, code: CouponCode) {
        self.issuedAt = issuedAt
        self.code = code
    }
}

/// One page of a member's coupons.
public struct CouponSlice: Hashable, Sendable {
    /// The coupons, those issued last first.
    public let coupons: [Coupon]
    /// Where to read on; nil when this was the last page.
    public let next: CouponCursor?
}

extension CodeDocument {
    /// The document as a member's coupon; nil when nobody owns it.
    func coupon(_ code: CouponCode, at time: Timestamp) -> Coupon? {
        guard let owner, let issuedAt, let expiry else { return nil }
        let state: Coupon.State =
            switch (self.state, redemption) {
            case (.held, .some(let redemption)): .held(by: redemption)
            case (.redeemed, .some(let redemption)): .redeemed(by: redemption, at: redeemedAt ?? issuedAt)
            default: expiry <= time ? .expired : .available
            }
        return Coupon(
            code: code,
            campaign: campaign,
            owner: owner,
            issuedAt: issuedAt,
            expiry: expiry,
            state: state
        )
    }
}
