public import MarketplaceCore

/// A member's personal data was erased; what happened to the member stays readable.
public struct MemberErased: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "MemberErased" }

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
