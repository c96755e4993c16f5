public import MarketplaceCore

/// An enterprise was found to be what it says it is.
public struct EnterpriseVerified: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "EnterpriseVerified" }

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
