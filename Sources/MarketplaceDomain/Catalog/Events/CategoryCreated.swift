public import MarketplaceCore

/// A category was added to the tree.
public struct CategoryCreated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "CategoryCreated" }

    /// The category.
    public let categoryID: CategoryID
    /// What it stands under; nil at the top.
    public let parentID: CategoryID?
    /// The name.
    public let name: String
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        categoryID: CategoryID,
        parentID: CategoryID?,
        name: String,
        by: CommandActor,
        at: Timestamp
    ) {
        self.categoryID = categoryID
        self.parentID = parentID
        self.name = name
        self.by = by
        self.at = at
    }
}
