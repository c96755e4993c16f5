public import MarketplaceCore

/// A member's profile changed; what it says now stands in the profile.
public struct MemberUpdated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "MemberUpdated" }

    /// The member.
    public let memberID: MemberID
    /// Which parts changed, in the order of ``MemberField``.
    public let fields: [MemberField]
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(memberID: MemberID, fields: [MemberField], by: CommandActor, at: Timestamp) {
        self.memberID = memberID
        self.fields = fields
        self.by = by
        self.at = at
    }
}
