public import MarketplaceCore

/// What can be asked of a product.
public enum ProductAction: Sendable, Hashable {
    /// Make it, as a draft.
    case create(id: ProductID, seller: SellerID, title: String, description: String)
    /// Change how it is described.
    case edit(ProductEdit)
    /// Offer it in one more variant.
    case addVariant(ProductVariant)
    /// Keep the stock of a variant under another SKU.
    case changeSKU(of: VariantID, to: SKU)
    /// Change the price of a variant, in the same currency.
    case changePrice(of: VariantID, to: Money)
    /// Replace the prices of a variant by group, quantity and time.
    case setPriceTiers(of: VariantID, to: [PriceTier])
    /// Put it on sale.
    case activate
    /// Take it off sale for a while.
    case suspend
    /// Take it off sale for good.
    case archive
}
