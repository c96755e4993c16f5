public import MarketplaceCore

/// A category, with all below it, stands elsewhere in the tree.
public struct CategoryMoved: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "CategoryMoved" }

    /// The category.
    public let categoryID: CategoryID
    /// What it stood under until now; nil at the top.
    public let from: CategoryID?
    /// What it stands under from now on; nil at the top.
    public let to: CategoryID?
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        categoryID: CategoryID,
        from: CategoryID?,
        to: CategoryID?,
        by: CommandActor,
        at: Timestamp
    ) {
        self.categoryID = categoryID
        self.from = from
        self.to = to
        self.by = by
        self.at = at
    }
}
