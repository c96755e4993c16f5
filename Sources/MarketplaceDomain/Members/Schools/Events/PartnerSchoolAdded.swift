public import MarketplaceCore

/// A school became a partner: who has a mail address of its domain can join.
public struct PartnerSchoolAdded: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PartnerSchoolAdded" }

    /// The school.
    public let schoolID: PartnerSchoolID
    /// The domain of its mail addresses, in lower case.
    public let domain: String
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(schoolID: PartnerSchoolID, domain: String, by: CommandActor, at: Timestamp) {
        self.schoolID = schoolID
        self.domain = domain
        self.by = by
        self.at = at
    }
}
