public import MarketplaceCore

/// An enterprise was not, or is no longer, taken for what it says it is.
public struct EnterpriseRejected: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "EnterpriseRejected" }

    /// The enterprise.
    public let enterpriseID: EnterpriseID
    /// Why.
    public let reason: EnterpriseRejectionReason
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(enterpriseID: EnterpriseID, reason: EnterpriseRejectionReason, by: CommandActor, at: Timestamp) {
        self.enterpriseID = enterpriseID
        self.reason = reason
        self.by = by
        self.at = at
    }
}
