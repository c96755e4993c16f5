public import MarketplaceCore

/// All that can happen to a return.
public enum ReturnEvent: EventUnion {
    /// It was asked for.
    case requested(ReturnRequested)
    /// It moved along its lifecycle.
    case statusChanged(ReturnStatusChanged)
    /// The goods came back, or need not.
    case received(ReturnReceived)
    /// It was settled.
    case completed(ReturnCompleted)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(ReturnEvent.requested),
        EventCase(ReturnEvent.statusChanged),
        EventCase(ReturnEvent.received),
        EventCase(ReturnEvent.completed),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .requested(let payload): payload
        case .statusChanged(let payload): payload
        case .received(let payload): payload
        case .completed(let payload): payload
        }
    }
}
