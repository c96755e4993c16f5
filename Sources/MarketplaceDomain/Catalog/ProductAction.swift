public import MarketplaceCore

/// What can be asked of a product.
public enum ProductAction: Sendable, Hashable {
    /// Make it, as a draft.
    case create(id: ProductID, seller: SellerID, title: String, description: String)
    /// Change its text; nil leaves a text as it is.
    case edit(title: String? = nil, description: String? = nil)
    /// Offer it in one more variant.
    case addVariant(ProductVariant)
    /// Keep the stock of a variant under another SKU.
    case changeSKU(of: VariantID, to: SKU)
    /// Change the price of a variant, in the same currency.
    case changePrice(of: VariantID, to: Money)
    /// Put it on sale.
    case activate
    /// Take it off sale for a while.
    case suspend
    /// Take it off sale for good.
    case archive
}
