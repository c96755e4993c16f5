public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePromotions

/// What the server sells under a SKU today, to one buyer, at one number of units.
public struct CartOffer: Sendable, Hashable {
    /// The goods, as promotions see them: price, product, categories, seller, tax.
    ///
    /// Its quantity and id are not used.
    public var line: BasketLine
    /// The variant, if the catalogue of this package keeps it.
    public var variantID: VariantID?
    /// The product, if the catalogue of this package keeps it.
    public var productID: ProductID?
    /// Who sells it.
    public var sellerID: SellerID?
    /// How many can be bought at once.
    public var quantityRule: QuantityRule

    /// An offer of these parts.
    public init(
        _ line: BasketLine,
        variantID: VariantID? = nil,
        productID: ProductID? = nil,
        sellerID: SellerID? = nil,
        quantityRule: QuantityRule = .any
    ) {
        self.line = line
        self.variantID = variantID
        self.productID = productID
        self.sellerID = sellerID
        self.quantityRule = quantityRule
    }
}
