public import MarketplaceCore

/// All that can happen to a group of orders.
public enum OrderGroupEvent: EventUnion {
    /// It was placed.
    case created(OrderGroupCreated)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [EventCase(OrderGroupEvent.created)]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .created(let payload): payload
        }
    }
}
