public import MarketplaceCore
public import MarketplacePromotions

/// What a buyer wants to pay for: goods and shipping at the server's prices, codes, and what is known of the buyer.
///
/// Nothing in it says what a discount is: a checkout computes that itself, when it runs.
public struct Purchase: Sendable, Hashable, Codable {
    /// The most codes that are looked up for one purchase: as many as one basket is priced with.
    public static let maximumCodes = 100

    /// The goods, each with the SKU it is kept in stock under, and shipping.
    public var basket: Basket
    /// The codes the buyer has entered.
    public var codes: [CouponCode]
    /// What the server knows of the buyer; without a member key it is the buyer of the order.
    public var buyer: BuyerFacts
    /// What the buyer was shown; when it comes to something else by then, nothing is bought.
    public var statedTotal: Money?

    /// A purchase.
    public init(
        basket: Basket,
        codes: [CouponCode] = [],
        buyer: BuyerFacts = .unknown,
        statedTotal: Money? = nil
    ) {
        self.basket = basket
        self.codes = codes
        self.buyer = buyer
        self.statedTotal = statedTotal
    }

    /// Checks what no prices and promotions would make right, before anything is looked up.
    func validate() throws(PricingRefusal) {
        if let line = basket.lines.first(where: { $0.sku == nil }) { throw .noSKU(line.id) }
        if let problem = basket.problem() { throw .unpriceable(problem.description) }
        guard codes.count <= Self.maximumCodes else {
            let error = PricingError.tooManyCodes(codes.count, maximum: Self.maximumCodes)
            throw .unpriceable(error.description)
        }
    }
}
