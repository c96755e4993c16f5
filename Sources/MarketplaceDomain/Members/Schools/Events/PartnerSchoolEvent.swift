public import MarketplaceCore

/// All that can happen to a partner school.
public enum PartnerSchoolEvent: EventUnion {
    /// It became a partner.
    case added(PartnerSchoolAdded)
    /// It is no longer a partner.
    case ended(PartnerSchoolEnded)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(PartnerSchoolEvent.added),
        EventCase(PartnerSchoolEvent.ended),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .added(let payload): payload
        case .ended(let payload): payload
        }
    }
}
