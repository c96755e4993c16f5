import MarketplaceDomain

/// Which variant has a SKU.
struct SKUHolder: Sendable, Codable {
    let productID: ProductID
    let variantID: VariantID
}
