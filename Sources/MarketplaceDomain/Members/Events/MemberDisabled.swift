public import MarketplaceCore

/// A member can no longer log in; all sessions have ended.
public struct MemberDisabled: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "MemberDisabled" }

    /// The member.
    public let memberID: MemberID
    /// Why.
    public let reason: MemberDisableReason
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(memberID: MemberID, reason: MemberDisableReason, by: CommandActor, at: Timestamp) {
        self.memberID = memberID
        self.reason = reason
        self.by = by
        self.at = at
    }
}
