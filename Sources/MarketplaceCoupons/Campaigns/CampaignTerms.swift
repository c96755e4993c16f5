public import MarketplaceCore

/// What a campaign is about: promotions, when, for whom and how many.
public struct CampaignTerms: Hashable, Sendable, Codable {
    /// What operators call it: 1 to 200 bytes.
    public var name: String
    /// The promotions that a code or coupon of it stands for: 1 to 100, each once.
    public var promotions: [PromotionID]
    /// From when on codes and coupons of it can be had and used, this point included.
    public var from: Timestamp
    /// Until when they can be had, this point excluded.
    public var until: Timestamp
    /// How its coupons come to members.
    public var issuing: Issuing
    /// How long a coupon can be used.
    public var validity: Validity
    /// How many coupons it issues in all; nil is no limit, and counts nothing.
    ///
    /// It may be lowered below what was issued: then nothing more is.
    public var totalLimit: Int64?
    /// How many coupons a member can have of it; nil is no limit, and counts nothing.
    public var perMemberLimit: Int64?
    /// The domains of the partner whose members alone can have its coupons; empty for everybody.
    public var partnerDomains: [EmailDomain]
    /// What becomes of a used coupon when its order is canceled; frozen with each use.
    public var restoring: RestorePolicy

    /// How coupons come to members.
    public enum Issuing: String, Hashable, Sendable, Codable, CaseIterable {
        /// Whoever asks gets one, first come first served.
        case onDemand
        /// Whoever has a code can exchange it for a coupon.
        case byCode
        /// Either way.
        case onDemandOrByCode
    }

    /// How long a coupon can be used.
    public enum Validity: Hashable, Sendable, Codable {
        /// Until the campaign ends.
        case untilEnd
        /// So many seconds from when it was issued, which may go beyond the end of the campaign.
        case seconds(Int64)
    }

    /// Makes terms; they are checked when a campaign is opened or changed.
    public init(
        name: String,
        promotions: [PromotionID],
        from: Timestamp,
        until: Timestamp,
        issuing: Issuing = .onDemandOrByCode,
        validity: Validity = .untilEnd,
        totalLimit: Int64? = nil,
        perMemberLimit: Int64? = nil,
        partnerDomains: [EmailDomain] = [],
        restoring: RestorePolicy = .untilExpiry
    ) {
        self.name = name
        self.promotions = promotions
        self.from = from
        self.until = until
        self.issuing = issuing
        self.validity = validity
        self.totalLimit = totalLimit
        self.perMemberLimit = perMemberLimit
        self.partnerDomains = partnerDomains
        self.restoring = restoring
    }

    /// What can be wrong with terms.
    public enum Fault: Hashable, Sendable, Codable, Error {
        /// The name is empty or too long.
        case nameLength(byteCount: Int, maximum: Int)
        /// There is no promotion, or there are too many.
        case promotionCount(Int, maximum: Int)
        /// A promotion occurs twice.
        case repeatedPromotion(PromotionID)
        /// It would end before it begins, or as it does.
        case emptyPeriod(from: Timestamp, until: Timestamp)
        /// A limit is zero or below: to give out nothing, pause or close the campaign.
        case limitNotPositive(Int64)
        /// A coupon would be valid for no time at all.
        case validityNotPositive(seconds: Int64)
        /// There are too many domains.
        case tooManyDomains(Int, maximum: Int)
    }

    /// When a coupon that is issued at `time` expires.
    func expiry(ofCouponIssuedAt time: Timestamp) -> Timestamp {
        switch validity {
        case .untilEnd: until
        case .seconds(let seconds): time.advanced(by: .seconds(seconds))
        }
    }

    func validate() throws(CouponRefusal) {
        let byteCount = name.utf8.count
        guard (1...CouponLimits.nameBytes).contains(byteCount) else {
            throw .invalidTerms(.nameLength(byteCount: byteCount, maximum: CouponLimits.nameBytes))
        }
        guard (1...CouponLimits.promotionsPerCampaign).contains(promotions.count) else {
            throw .invalidTerms(.promotionCount(promotions.count, maximum: CouponLimits.promotionsPerCampaign))
        }
        var seen: Set<PromotionID> = []
        for promotion in promotions where !seen.insert(promotion).inserted {
            throw .invalidTerms(.repeatedPromotion(promotion))
        }
        guard from < until else { throw .invalidTerms(.emptyPeriod(from: from, until: until)) }
        for limit in [totalLimit, perMemberLimit] {
            if let limit, limit <= 0 { throw .invalidTerms(.limitNotPositive(limit)) }
        }
        if case .seconds(let seconds) = validity, seconds <= 0 {
            throw .invalidTerms(.validityNotPositive(seconds: seconds))
        }
        guard partnerDomains.count <= CouponLimits.domainsPerCampaign else {
            let maximum = CouponLimits.domainsPerCampaign
            throw .invalidTerms(.tooManyDomains(partnerDomains.count, maximum: maximum))
        }
    }
}
