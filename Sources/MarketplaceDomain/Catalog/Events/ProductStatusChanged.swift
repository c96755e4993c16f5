public import MarketplaceCore

/// A product moved along its lifecycle.
public struct ProductStatusChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ProductStatusChanged" }

    /// The product.
    public let productID: ProductID
    /// Its status until now.
    public let from: ProductStatus
    /// Its status from now on.
    public let to: ProductStatus
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        productID: ProductID,
        from: ProductStatus,
        to: ProductStatus,
        by: CommandActor,
        at: Timestamp
    ) {
        self.productID = productID
        self.from = from
        self.to = to
        self.by = by
        self.at = at
    }
}
