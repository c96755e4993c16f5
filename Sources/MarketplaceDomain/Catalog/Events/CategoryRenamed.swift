public import MarketplaceCore

/// A category has another name.
public struct CategoryRenamed: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "CategoryRenamed" }

    /// The category.
    public let categoryID: CategoryID
    /// The name until now.
    public let from: String
    /// The name from now on.
    public let to: String
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        categoryID: CategoryID,
        from: String,
        to: String,
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
