public import MarketplaceCore

/// What a category asked of an attribute is asked no more; what those above it ask is.
public struct CategoryAttributeRemoved: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "CategoryAttributeRemoved" }

    /// The category.
    public let categoryID: CategoryID
    /// The name of the attribute.
    public let name: String
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(categoryID: CategoryID, name: String, by: CommandActor, at: Timestamp) {
        self.categoryID = categoryID
        self.name = name
        self.by = by
        self.at = at
    }
}
