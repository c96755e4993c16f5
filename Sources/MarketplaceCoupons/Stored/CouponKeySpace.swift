import MarketplaceCore
import MarketplacePromotions
import MarketplaceStorage

/// The names under which this module keeps its things.
///
/// The bounds of ``CouponLimits`` are such that every name fits the 512 bytes of a key: the longest is that of a fact
/// of a buyer, with 128 bytes of promotion, 64 of name, 254 of value and less than 50 of the rest.
enum CouponKeySpace {
    static let redemptions: DocumentCollection = "coupon-redemptions"
    static let codes: DocumentCollection = "coupon-codes"
    static let batches: DocumentCollection = "coupon-batches"
    static let changes: StreamCategory = "coupon-redemption"
    static let coupons: StreamCategory = "coupon"

    static func redemption(_ id: RedemptionID) -> DocumentKey { DocumentKey(redemptions, id) }

    static func code(_ code: CouponCode) -> DocumentKey { DocumentKey(codes, code.retyped()) }

    static func batch(_ id: CodeBatchID) -> DocumentKey { DocumentKey(batches, id) }

    static func campaign(_ id: CampaignID) -> StreamID { StreamID(TextKey(unchecked: Campaign.category), id) }

    static func coupon(_ code: CouponCode) -> StreamID { StreamID(coupons, code.retyped()) }

    static func changes(of id: RedemptionID) -> StreamID { StreamID(changes, id) }

    /// The uses of a code for everybody.
    static func uses(of code: CouponCode) -> CounterKey { CounterKey(unchecked: "coupons/code/\(code)") }

    /// The coupons a campaign has issued.
    static func issued(_ id: CampaignID) -> CounterKey { CounterKey(unchecked: "coupons/issued/\(id)") }

    /// The coupons a campaign has issued to a member.
    static func issued(_ id: CampaignID, to member: MemberKey) -> CounterKey {
        CounterKey(unchecked: "coupons/issued/\(id)/\(member)")
    }

    /// What is used of a promotion's limit.
    ///
    /// The lengths of what stands in the middle keep `a/b` of `c` apart from `a` of `b/c`.
    static func used(_ quota: QuotaClaim.Quota, of promotion: PromotionID) throws(CouponError) -> CounterKey {
        try CouponLimits.validate(promotion.text, maximum: CouponLimits.promotionBytes)
        let part: String
        switch quota {
        case .total: part = "total"
        case .member(let member):
            try CouponLimits.validate(member.text, maximum: CouponLimits.memberBytes)
            part = "member/\(member)"
        case .attribute(let name, let value):
            try CouponLimits.validate(name, maximum: CouponLimits.attributeNameBytes)
            try CouponLimits.validate(value, maximum: CouponLimits.attributeValueBytes)
            guard !name.utf8.contains(0), !value.utf8.contains(0) else {
                throw .refused(.attributeContainsNUL(name: name))
            }
            part = "attribute/\(name.utf8.count)/\(name)/\(value)"
        case .budget(let currency): part = "budget/\(currency.code)"
        case .code(let code):
            try CouponLimits.validate(code.text, maximum: CouponLimits.codeBytes)
            part = "code/\(code)"
        }
        return CounterKey(unchecked: "coupons/used/\(promotion.text.utf8.count)/\(promotion)/\(part)")
    }
}
