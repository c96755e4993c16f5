public import MarketplaceCore

/// The description of a product changed.
///
/// The lists are nil where they stayed as they were.
public struct ProductUpdated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ProductUpdated" }

    /// The product.
    public let productID: ProductID
    /// The title from now on.
    public let title: String
    /// The description from now on.
    public let description: String
    /// What buyers choose between from now on.
    public let options: [ProductOption]?
    /// Where it stands in the catalogue from now on.
    public let categories: [CategoryID]?
    /// What buyers filter by from now on.
    public let attributes: [ProductAttribute]?
    /// The pictures from now on.
    public let media: [ProductMedia]?
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        productID: ProductID,
        title: String,
        description: String,
        options: [ProductOption]? = nil,
        categories: [CategoryID]? = nil,
        attributes: [ProductAttribute]? = nil,
        media: [ProductMedia]? = nil,
        by: CommandActor,
        at: Timestamp
    ) {
        self.productID = productID
        self.title = title
        self.description = description
        self.options = options
        self.categories = categories
        self.attributes = attributes
        self.media = media
        self.by = by
        self.at = at
    }
}
