public import MarketplaceCore

/// A member gave or took back a consent.
public struct MemberConsentChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "MemberConsentChanged" }

    /// The member.
    public let memberID: MemberID
    /// Which.
    public let consent: MemberConsent
    /// Whether it is given from now on.
    public let isGiven: Bool
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(memberID: MemberID, consent: MemberConsent, isGiven: Bool, by: CommandActor, at: Timestamp) {
        self.memberID = memberID
        self.consent = consent
        self.isGiven = isGiven
        self.by = by
        self.at = at
    }
}
