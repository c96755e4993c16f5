public import MarketplaceCore

/// All that can happen to an enterprise.
public enum EnterpriseEvent: EventUnion {
    /// It was registered.
    case created(EnterpriseCreated)
    /// It was verified.
    case verified(EnterpriseVerified)
    /// It was rejected.
    case rejected(EnterpriseRejected)
    /// It was put up for verification again.
    case resubmitted(EnterpriseResubmitted)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(EnterpriseEvent.created),
        EventCase(EnterpriseEvent.verified),
        EventCase(EnterpriseEvent.rejected),
        EventCase(EnterpriseEvent.resubmitted),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .created(let payload): payload
        case .verified(let payload): payload
        case .rejected(let payload): payload
        case .resubmitted(let payload): payload
        }
    }
}
