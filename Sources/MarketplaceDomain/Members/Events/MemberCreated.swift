public import MarketplaceCore

/// Somebody signed up; what was entered stands in the member's profile.
public struct MemberCreated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "MemberCreated" }

    /// The member.
    public let memberID: MemberID
    /// What was agreed to at sign-up, in the order of ``MemberConsent``.
    public let consents: [MemberConsent]
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(memberID: MemberID, consents: [MemberConsent], by: CommandActor, at: Timestamp) {
        self.memberID = memberID
        self.consents = consents
        self.by = by
        self.at = at
    }
}
