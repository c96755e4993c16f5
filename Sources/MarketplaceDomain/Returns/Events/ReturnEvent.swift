public import MarketplaceCore

/// All that can happen to a return.
public enum ReturnEvent: EventUnion {
    /// It was asked for.
    case requested(ReturnRequested)
    /// It moved along its lifecycle.
    case statusChanged(ReturnStatusChanged)
    /// The goods came back, or need not.
    case received(ReturnReceived)
    /// It was fixed what is given back.
    case completed(ReturnCompleted)
    /// All of that has happened.
    case settled(ReturnSettled)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(ReturnEvent.requested),
        EventCase(ReturnEvent.statusChanged),
        EventCase(ReturnEvent.received),
        EventCase(ReturnEvent.completed),
        EventCase(ReturnEvent.settled),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .requested(let payload): payload
        case .statusChanged(let payload): payload
        case .received(let payload): payload
        case .completed(let payload): payload
        case .settled(let payload): payload
        }
    }
}
