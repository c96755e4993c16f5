public import MarketplaceCore

/// A seller made a product.
public struct ProductCreated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ProductCreated" }

    /// The product.
    public let productID: ProductID
    /// Whose it is.
    public let sellerID: SellerID
    /// The title.
    public let title: String
    /// The description.
    public let description: String
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        productID: ProductID,
        sellerID: SellerID,
        title: String,
        description: String,
        by: CommandActor,
        at: Timestamp
    ) {
        self.productID = productID
        self.sellerID = sellerID
        self.title = title
        self.description = description
        self.by = by
        self.at = at
    }
}
