public import MarketplaceCore

/// A category moved along its lifecycle.
public struct CategoryStatusChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "CategoryStatusChanged" }

    /// The category.
    public let categoryID: CategoryID
    /// Its status until now.
    public let from: CategoryStatus
    /// Its status from now on.
    public let to: CategoryStatus
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        categoryID: CategoryID,
        from: CategoryStatus,
        to: CategoryStatus,
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
