public import MarketplaceCore

/// A member's e-mail address was verified.
public struct MemberVerified: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "MemberVerified" }

    /// The member.
    public let memberID: MemberID
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(memberID: MemberID, by: CommandActor, at: Timestamp) {
        self.memberID = memberID
        self.by = by
        self.at = at
    }
}
