public import MarketplaceCore

/// One form in which a product can be had, with its stock and its price.
public struct ProductVariant: Sendable, Hashable, Codable {
    /// What names it.
    public let id: VariantID
    /// What its stock is kept under.
    public internal(set) var sku: SKU
    /// The price of one unit.
    public internal(set) var price: Money

    /// Makes a variant.
    public init(id: VariantID, sku: SKU, price: Money) {
        self.id = id
        self.sku = sku
        self.price = price
    }
}
