/// The bounds of this module.
public enum CouponLimits {
    /// The most claims of one redemption: each takes one part of a transaction of at most 10,000.
    public static let claimsPerRedemption = 1_000
    /// The most codes of one redemption: each takes a read, and a write when it is redeemed or given back.
    public static let codesPerRedemption = 50
    /// The most bytes of a promotion's key in a claim: with the longest fact of a buyer it still fits a counter key.
    public static let promotionBytes = 128
    /// The most bytes of a member's key, where a limit or a coupon is that member's; as in the inventory.
    public static let memberBytes = 200
    /// The most bytes of the name of a fact of a buyer that a limit is counted by.
    public static let attributeNameBytes = 64
    /// The most bytes of such a fact: the longest e-mail address (RFC 5321 section 4.5.3.1.3 without the brackets).
    public static let attributeValueBytes = 254
    /// The most bytes of a code: nobody types more.
    public static let codeBytes = 64
    /// The most bytes of a campaign's name.
    public static let nameBytes = 200
    /// The most promotions of one campaign: they travel in every event that changes its terms.
    public static let promotionsPerCampaign = 100
    /// The most domains of a campaign's partner.
    public static let domainsPerCampaign = 100
    /// The most codes of one batch.
    public static let codesPerBatch = 1_000_000
    /// The most redemptions or coupons one call may ask for.
    public static let pageSize = 1_000
    /// How long a redemption that ended is remembered unless told otherwise: a day, as long as a store keeps the ids
    /// of transactions.
    ///
    /// A call repeated later than that meets an unknown id.
    public static let defaultRetention = Duration.seconds(24 * 60 * 60)
    /// How long a redemption that was redeemed can be restored unless told otherwise: 400 days, a year and the time
    /// an order may take to be returned.
    public static let defaultRestorableTime = Duration.seconds(400 * 24 * 60 * 60)

    /// The limit of a page, brought into its range.
    static func clamped(limit: Int) -> Int { min(max(limit, 1), pageSize) }

    static func validate(_ text: String, maximum: Int) throws(CouponError) {
        let count = text.utf8.count
        guard count <= maximum else { throw .refused(.keyTooLong(byteCount: count, maximum: maximum)) }
    }
}
