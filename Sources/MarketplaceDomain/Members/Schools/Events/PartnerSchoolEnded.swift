public import MarketplaceCore

/// A school is no longer a partner: nobody else can join.
public struct PartnerSchoolEnded: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PartnerSchoolEnded" }

    /// The school.
    public let schoolID: PartnerSchoolID
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(schoolID: PartnerSchoolID, by: CommandActor, at: Timestamp) {
        self.schoolID = schoolID
        self.by = by
        self.at = at
    }
}
