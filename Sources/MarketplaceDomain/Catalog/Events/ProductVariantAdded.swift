public import MarketplaceCore

/// A product can be had in one more variant.
public struct ProductVariantAdded: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ProductVariantAdded" }

    /// The product.
    public let productID: ProductID
    /// The variant.
    public let variantID: VariantID
    /// What its stock is kept under.
    public let sku: SKU
    /// Its price.
    public let price: Money
    /// What it stands for; nil where the product has no options.
    public let choices: [VariantChoice]?
    /// Its prices by group and quantity, if it came with any.
    public let tiers: [PriceTier]?
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        productID: ProductID,
        variantID: VariantID,
        sku: SKU,
        price: Money,
        choices: [VariantChoice]? = nil,
        tiers: [PriceTier]? = nil,
        by: CommandActor,
        at: Timestamp
    ) {
        self.productID = productID
        self.variantID = variantID
        self.sku = sku
        self.price = price
        self.choices = choices
        self.tiers = tiers
        self.by = by
        self.at = at
    }
}
