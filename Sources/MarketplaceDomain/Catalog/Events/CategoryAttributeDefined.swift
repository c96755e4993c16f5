public import MarketplaceCore

/// An attribute of the products in a category, and in all below it, was defined, or defined anew.
public struct CategoryAttributeDefined: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "CategoryAttributeDefined" }

    /// The category.
    public let categoryID: CategoryID
    /// What is asked of it.
    public let definition: AttributeDefinition
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(categoryID: CategoryID, definition: AttributeDefinition, by: CommandActor, at: Timestamp) {
        self.categoryID = categoryID
        self.definition = definition
        self.by = by
        self.at = at
    }
}
