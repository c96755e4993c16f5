public import MarketplaceCore

/// All that can happen to a member.
public enum MemberEvent: EventUnion {
    /// Somebody signed up.
    case created(MemberCreated)
    /// The e-mail address was verified.
    case verified(MemberVerified)
    /// The profile changed.
    case updated(MemberUpdated)
    /// A consent was given or taken back.
    case consentChanged(MemberConsentChanged)
    /// The roles changed.
    case rolesChanged(MemberRolesChanged)
    /// What the member logs in with changed.
    case credentialChanged(MemberCredentialChanged)
    /// The member belongs to one more school.
    case schoolJoined(MemberSchoolJoined)
    /// The member belongs to one school less.
    case schoolLeft(MemberSchoolLeft)
    /// The member can no longer log in.
    case disabled(MemberDisabled)
    /// The member can log in again.
    case reinstated(MemberReinstated)
    /// The personal data was erased.
    case erased(MemberErased)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(MemberEvent.created),
        EventCase(MemberEvent.verified),
        EventCase(MemberEvent.updated),
        EventCase(MemberEvent.consentChanged),
        EventCase(MemberEvent.rolesChanged),
        EventCase(MemberEvent.credentialChanged),
        EventCase(MemberEvent.schoolJoined),
        EventCase(MemberEvent.schoolLeft),
        EventCase(MemberEvent.disabled),
        EventCase(MemberEvent.reinstated),
        EventCase(MemberEvent.erased),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .created(let payload): payload
        case .verified(let payload): payload
        case .updated(let payload): payload
        case .consentChanged(let payload): payload
        case .rolesChanged(let payload): payload
        case .credentialChanged(let payload): payload
        case .schoolJoined(let payload): payload
        case .schoolLeft(let payload): payload
        case .disabled(let payload): payload
        case .reinstated(let payload): payload
        case .erased(let payload): payload
        }
    }
}
