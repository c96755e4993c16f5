public import MarketplaceCore

/// The text of a product changed.
public struct ProductUpdated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ProductUpdated" }

    /// The product.
    public let productID: ProductID
    /// The title from now on.
    public let title: String
    /// The description from now on.
    public let description: String
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        productID: ProductID,
        title: String,
        description: String,
        by: CommandActor,
        at: Timestamp
    ) {
        self.productID = productID
        self.title = title
        self.description = description
        self.by = by
        self.at = at
    }
}
