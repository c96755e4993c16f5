public import MarketplaceCore

/// A member logs in with something new; sessions that were open before have ended.
public struct MemberCredentialChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "MemberCredentialChanged" }

    /// The member.
    public let memberID: MemberID
    /// What changed.
    public let credential: MemberCredential
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(memberID: MemberID, credential: MemberCredential, by: CommandActor, at: Timestamp) {
        self.memberID = memberID
        self.credential = credential
        self.by = by
        self.at = at
    }
}
