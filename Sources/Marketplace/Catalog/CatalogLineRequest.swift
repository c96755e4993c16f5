public import MarketplaceCore

/// What a buyer wants of the catalogue: no price, because prices come from the catalogue alone.
public struct CatalogLineRequest: Sendable, Hashable {
    /// What is wanted.
    public let sku: SKU
    /// How many units.
    public let quantity: Quantity

    /// Makes a request.
    public init(_ sku: SKU, _ quantity: Quantity) {
        self.sku = sku
        self.quantity = quantity
    }
}
