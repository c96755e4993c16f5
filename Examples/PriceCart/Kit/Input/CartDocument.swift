import MarketplaceCore
package import MarketplaceJSON
package import MarketplacePromotions

/// The document that the command reads: a cart, and all that decides what it costs.
package struct CartDocument: Decodable, Sendable {
    /// The cart.
    package let basket: Basket
    /// What else decides what it costs; its time is none where the document leaves it out.
    package var terms: PricingTerms
    /// Whether the document says what time it is.
    package let isTimed: Bool

    private enum CodingKeys: String, CodingKey {
        case cart
        case time
    }

    /// How large a document may be: ten thousand promotions and lines of the usual length, nested as rules are.
    package static let limits = JSONDocument.Limits(maximumBytes: 16 << 20)

    package init(from decoder: any Decoder) throws {
        // Terms look at all keys, so a misspelt `cart` is told before a missing one.
        terms = try PricingTerms(from: decoder, besides: [CodingKeys.cart.stringValue], time: .epoch)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        basket = try container.decode(Basket.self, forKey: .cart)
        isTimed = container.contains(.time)
    }
}
