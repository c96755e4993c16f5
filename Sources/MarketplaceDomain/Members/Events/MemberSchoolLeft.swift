public import MarketplaceCore

/// A member no longer counts as one of a partner school.
public struct MemberSchoolLeft: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "MemberSchoolLeft" }

    /// The member.
    public let memberID: MemberID
    /// The school.
    public let schoolID: PartnerSchoolID
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(memberID: MemberID, schoolID: PartnerSchoolID, by: CommandActor, at: Timestamp) {
        self.memberID = memberID
        self.schoolID = schoolID
        self.by = by
        self.at = at
    }
}
