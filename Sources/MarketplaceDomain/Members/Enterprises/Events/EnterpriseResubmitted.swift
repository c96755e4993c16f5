public import MarketplaceCore

/// A rejected enterprise was put up for verification again.
public struct EnterpriseResubmitted: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "EnterpriseResubmitted" }

    /// The enterprise.
    public let enterpriseID: EnterpriseID
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(enterpriseID: EnterpriseID, by: CommandActor, at: Timestamp) {
        self.enterpriseID = enterpriseID
        self.by = by
        self.at = at
    }
}
