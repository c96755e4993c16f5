public import MarketplaceCore

/// All that can happen to a shipment.
public enum ShipmentEvent: EventUnion {
    /// It was put together.
    case created(ShipmentCreated)
    /// It became known by which carrier it goes.
    case waybillRegistered(ShipmentWaybillRegistered)
    /// It moved along its lifecycle.
    case statusChanged(ShipmentStatusChanged)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(ShipmentEvent.created),
        EventCase(ShipmentEvent.waybillRegistered),
        EventCase(ShipmentEvent.statusChanged),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .created(let payload): payload
        case .waybillRegistered(let payload): payload
        case .statusChanged(let payload): payload
        }
    }
}
