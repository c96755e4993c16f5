public import MarketplaceCore

/// All that can happen to an order.
public enum OrderEvent: EventUnion {
    /// It was placed.
    case created(OrderCreated)
    /// It moved along its lifecycle.
    case statusChanged(OrderStatusChanged)
    /// It was called off.
    case canceled(OrderCanceled)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(OrderEvent.created),
        EventCase(OrderEvent.statusChanged),
        EventCase(OrderEvent.canceled),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .created(let payload): payload
        case .statusChanged(let payload): payload
        case .canceled(let payload): payload
        }
    }
}
