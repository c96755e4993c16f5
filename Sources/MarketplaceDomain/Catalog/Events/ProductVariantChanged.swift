public import MarketplaceCore

/// A variant is kept under another SKU.
public struct ProductVariantChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ProductVariantChanged" }

    /// The product.
    public let productID: ProductID
    /// The variant.
    public let variantID: VariantID
    /// Its SKU until now.
    public let from: SKU
    /// Its SKU from now on.
    public let to: SKU
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        productID: ProductID,
        variantID: VariantID,
        from: SKU,
        to: SKU,
        by: CommandActor,
        at: Timestamp
    ) {
        self.productID = productID
        self.variantID = variantID
        self.from = from
        self.to = to
        self.by = by
        self.at = at
    }
}
