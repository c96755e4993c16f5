public import MarketplaceCore
public import MarketplaceCoupons
public import MarketplacePromotions

/// Where the promotions of a shop come from.
public protocol PromotionSource: Sendable {
    /// The promotions that may apply to a purchase, what its codes stand for, and how much of limits is used.
    ///
    /// What is told here decides what a buyer is shown and charged; limits bind when they are claimed. A code nobody
    /// knows, or that cannot be used, is no error: it stands in ``PromotionOffer/refusedCodes``.
    ///
    /// - Parameters:
    ///   - purchase: What is to be paid for.
    ///   - member: Who buys.
    ///   - redemption: The redemption of the order, if there is one: what it holds counts as free.
    ///   - time: Now.
    /// - Returns: What may apply.
    /// - Throws: `CouponError` when they cannot be read.
    func offer(
        for purchase: Purchase,
        by member: MemberKey,
        in redemption: RedemptionID?,
        at time: Timestamp
    ) async throws(CouponError) -> PromotionOffer
}

/// What may apply to a purchase.
public struct PromotionOffer: Sendable, Hashable {
    /// The promotions, in an order that matters to the policy.
    public var promotions: [Promotion]
    /// The codes that can be used, and what they stand for.
    public var codes: [PresentedCode]
    /// How much of limits is used; the checkout looks it up itself for promotions that are missing.
    public var usage: [PromotionID: PromotionUsage]
    /// The codes among them that are used up with an order: coupons, and shared codes that are counted.
    public var countedCodes: Set<CouponCode>
    /// The codes that cannot be used, and why.
    public var refusedCodes: [CouponCode: CouponRefusal]

    /// An offer.
    public init(
        promotions: [Promotion],
        codes: [PresentedCode] = [],
        usage: [PromotionID: PromotionUsage] = [:],
        countedCodes: Set<CouponCode> = [],
        refusedCodes: [CouponCode: CouponRefusal] = [:]
    ) {
        self.promotions = promotions
        self.codes = codes
        self.usage = usage
        self.countedCodes = countedCodes
        self.refusedCodes = refusedCodes
    }
}

/// Promotions that are known when the server starts; their codes are those they list, and their limits hold.
public struct ListedPromotions: PromotionSource {
    /// The promotions.
    public let promotions: [Promotion]

    /// These promotions.
    public init(_ promotions: [Promotion]) {
        self.promotions = promotions
    }

    /// All of them, with the codes of the purchase as they are.
    public func offer(
        for purchase: Purchase,
        by member: MemberKey,
        in redemption: RedemptionID?,
        at time: Timestamp
    ) async throws(CouponError) -> PromotionOffer {
        PromotionOffer(promotions: promotions, codes: purchase.codes.map { PresentedCode($0) })
    }
}
