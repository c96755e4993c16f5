public import MarketplaceCore

/// A variant has another price.
public struct ProductPriceChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ProductPriceChanged" }

    /// The product.
    public let productID: ProductID
    /// The variant.
    public let variantID: VariantID
    /// Its price until now.
    public let from: Money
    /// Its price from now on.
    public let to: Money
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        productID: ProductID,
        variantID: VariantID,
        from: Money,
        to: Money,
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
