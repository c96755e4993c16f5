public import MarketplaceCore

/// A member has other roles among those who run the marketplace.
public struct MemberRolesChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "MemberRolesChanged" }

    /// The member.
    public let memberID: MemberID
    /// All roles from now on, in order.
    public let roles: [MemberRole]
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(memberID: MemberID, roles: [MemberRole], by: CommandActor, at: Timestamp) {
        self.memberID = memberID
        self.roles = roles
        self.by = by
        self.at = at
    }
}
