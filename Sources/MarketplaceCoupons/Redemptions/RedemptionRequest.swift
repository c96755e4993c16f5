public import MarketplaceCore
public import MarketplacePromotions

/// What an order asks to be set aside of limits and coupons: all of it or nothing.
///
/// Repeating a request with the same id and content (member, claims but for their limits, codes) changes nothing. The
/// deadline, the reference and the policy of the first one stand: a caller that starts again after a crash computes a
/// new deadline.
public struct RedemptionRequest: Hashable, Sendable {
    /// The redemption, chosen by the caller.
    public let id: RedemptionID
    /// Who buys.
    public let member: MemberKey
    /// What the promotions claim; claims of one limit are added up first.
    public let claims: [QuotaClaim]
    /// The codes that are used: coupons of the member, single-use codes, codes for everybody.
    ///
    /// One that occurs twice is used once.
    public let codes: [CouponCode]
    /// What it is for, if the caller wants to find it again: the order.
    public let reference: RedemptionReference?
    /// What becomes of the claims when the order is canceled.
    ///
    /// Coupons have their campaign's policy.
    public let restoring: RestorePolicy
    /// When the hold ends by itself unless it was redeemed; it must lie after ``time``.
    public let deadline: Timestamp
    /// When it is asked for.
    public let time: Timestamp

    /// Makes a request.
    public init(
        id: RedemptionID,
        member: MemberKey,
        claims: [QuotaClaim],
        codes: [CouponCode] = [],
        reference: RedemptionReference? = nil,
        restoring: RestorePolicy = .always,
        deadline: Timestamp,
        at time: Timestamp
    ) {
        self.id = id
        self.member = member
        self.claims = claims
        self.codes = codes
        self.reference = reference
        self.restoring = restoring
        self.deadline = deadline
        self.time = time
    }

    /// Whether it asks for nothing: then a checkout need not make it at all.
    public var isEmpty: Bool { claims.isEmpty && codes.isEmpty }

    /// Checks what no state would accept.
    func validate() throws(CouponError) {
        guard claims.count <= CouponLimits.claimsPerRedemption else {
            throw .refused(.tooMany(claims.count, maximum: CouponLimits.claimsPerRedemption))
        }
        guard codes.count <= CouponLimits.codesPerRedemption else {
            throw .refused(.tooMany(codes.count, maximum: CouponLimits.codesPerRedemption))
        }
        guard deadline > time else { throw .refused(.deadlinePassed(deadline: deadline, time: time)) }
        for code in codes { try CouponLimits.validate(code.text, maximum: CouponLimits.codeBytes) }
    }
}
