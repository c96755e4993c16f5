public import MarketplaceCore

/// A variant has other prices by group and quantity.
public struct ProductPriceTiersChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ProductPriceTiersChanged" }

    /// The product.
    public let productID: ProductID
    /// The variant.
    public let variantID: VariantID
    /// Its prices by group and quantity from now on.
    public let tiers: [PriceTier]
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        productID: ProductID,
        variantID: VariantID,
        tiers: [PriceTier],
        by: CommandActor,
        at: Timestamp
    ) {
        self.productID = productID
        self.variantID = variantID
        self.tiers = tiers
        self.by = by
        self.at = at
    }
}
