import MarketplaceCore
import MarketplacePromotions
import MarketplaceStorage

/// One request for a coupon, whichever way it came.
struct IssueOrder: Sendable {
    struct SharedCode: Sendable {
        let code: CouponCode
        let limit: Int64?
    }

    /// How codes that follow from a key look: long enough that no two keys meet.
    private static let derivedFormat = CouponCodeFormat(unchecked: 26)

    let campaign: CampaignID
    let member: MemberKey
    /// What it was issued under; nil for a single-use code, which is its own name.
    let key: IdempotencyKey?
    let domains: [EmailDomain]
    let time: Timestamp
    let way: CampaignTerms.Issuing
    let shared: SharedCode?
    /// The code of the coupon.
    let code: CouponCode

    init(
        _ campaign: CampaignID,
        _ member: MemberKey,
        _ key: IdempotencyKey,
        _ domains: [EmailDomain],
        _ time: Timestamp,
        way: CampaignTerms.Issuing,
        shared: SharedCode? = nil
    ) {
        self.campaign = campaign
        self.member = member
        self.key = key
        self.domains = domains
        self.time = time
        self.way = way
        self.shared = shared
        code = Self.code(of: campaign, way, key)
    }

    init(
        exchanging code: CouponCode,
        of campaign: CampaignID,
        _ member: MemberKey,
        _ domains: [EmailDomain],
        _ time: Timestamp
    ) {
        self.campaign = campaign
        self.member = member
        key = nil
        self.domains = domains
        self.time = time
        way = .byCode
        shared = nil
        self.code = code
    }

    /// The code that follows from a campaign, the way and a key, so that a repetition finds its coupon.
    ///
    /// It is not secret and need not be: nobody but the owner can use it.
    private static func code(
        of campaign: CampaignID,
        _ way: CampaignTerms.Issuing,
        _ key: IdempotencyKey
    ) -> CouponCode {
        var digest = ContentDigest()
        digest.combine(way.rawValue)
        digest.combine(campaign.bits)
        digest.combine(key.text)
        var bits = digest.value.bits
        let values = (1..<derivedFormat.length).map { _ in
            let (quotient, remainder) = bits.quotientAndRemainder(dividingBy: UInt128(CouponCodeFormat.modulus))
            bits = quotient
            return Int(remainder)
        }
        return CouponCodeFormat.code(of: values)
    }

    /// Why a campaign does not give out a coupon like this, whatever is left; nil when it does.
    func refusal(by terms: CampaignTerms) -> CouponRefusal? {
        guard terms.issuing == way || terms.issuing == .onDemandOrByCode else {
            return .notIssuedThisWay(campaign, terms.issuing)
        }
        let isEligible =
            terms.partnerDomains.isEmpty
            || domains.contains { domain in terms.partnerDomains.contains { domain.isWithin($0) } }
        return isEligible ? nil : .notEligible(campaign)
    }
}
