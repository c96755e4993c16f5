public import MarketplaceCore

/// All that decides what a basket costs, apart from the basket: kept with an order whose returns are to be requalified.
public struct PricingTerms: Sendable, Hashable {
    /// The promotions that may apply.
    public var promotions: [Promotion]
    /// What the buyer has entered.
    public var codes: [PresentedCode]
    /// What is known about the buyer.
    public var buyer: BuyerFacts
    /// How much of limits is used.
    public var usage: [PromotionID: PromotionUsage]
    /// When it is priced.
    public var time: Timestamp
    /// How discounts are computed where rules leave it open.
    public var policy: PricingPolicy

    /// Terms; no promotions, and the standard policy, unless something else is given.
    public init(
        promotions: [Promotion] = [],
        codes: [PresentedCode] = [],
        buyer: BuyerFacts = .unknown,
        usage: [PromotionID: PromotionUsage] = [:],
        time: Timestamp,
        policy: PricingPolicy = .standard
    ) {
        self.promotions = promotions
        self.codes = codes
        self.buyer = buyer
        self.usage = usage
        self.time = time
        self.policy = policy
    }
}

extension Basket {
    /// Prices the basket under terms; see ``priced(with:codes:buyer:usage:at:policy:)``.
    public func priced(under terms: PricingTerms) throws(PricingError) -> PricedBasket {
        try priced(
            with: terms.promotions,
            codes: terms.codes,
            buyer: terms.buyer,
            usage: terms.usage,
            at: terms.time,
            policy: terms.policy
        )
    }
}
