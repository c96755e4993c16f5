public import MarketplaceCore

/// An enterprise was registered; what it is called stands in its profile.
public struct EnterpriseCreated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "EnterpriseCreated" }

    /// The enterprise.
    public let enterpriseID: EnterpriseID
    /// Who registered it.
    public let ownerID: MemberID
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(enterpriseID: EnterpriseID, ownerID: MemberID, by: CommandActor, at: Timestamp) {
        self.enterpriseID = enterpriseID
        self.ownerID = ownerID
        self.by = by
        self.at = at
    }
}
