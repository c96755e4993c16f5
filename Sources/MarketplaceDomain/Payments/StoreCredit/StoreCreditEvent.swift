public import MarketplaceCore

/// All that can happen to the store credit of a member in one currency: the entries of its ledger.
public enum StoreCreditEvent: EventUnion {
    /// It was given.
    case granted(StoreCreditGranted)
    /// It was taken away.
    case withdrawn(StoreCreditWithdrawn)
    /// It was set aside.
    case held(StoreCreditHeld)
    /// It was spent.
    case spent(StoreCreditSpent)
    /// It was set free.
    case released(StoreCreditReleased)
    /// It was given back.
    case restored(StoreCreditRestored)
    /// It has expired.
    case expired(StoreCreditExpired)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(StoreCreditEvent.granted),
        EventCase(StoreCreditEvent.withdrawn),
        EventCase(StoreCreditEvent.held),
        EventCase(StoreCreditEvent.spent),
        EventCase(StoreCreditEvent.released),
        EventCase(StoreCreditEvent.restored),
        EventCase(StoreCreditEvent.expired),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .granted(let payload): payload
        case .withdrawn(let payload): payload
        case .held(let payload): payload
        case .spent(let payload): payload
        case .released(let payload): payload
        case .restored(let payload): payload
        case .expired(let payload): payload
        }
    }
}
