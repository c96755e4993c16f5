public import MarketplaceCore

/// It became known by which carrier a shipment goes.
public struct ShipmentWaybillRegistered: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ShipmentWaybillRegistered" }

    /// The shipment.
    public let shipmentID: ShipmentID
    /// The order.
    public let orderID: OrderID
    /// The carrier, and what the carrier calls it.
    public let waybill: Waybill
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        shipmentID: ShipmentID,
        orderID: OrderID,
        waybill: Waybill,
        by: CommandActor,
        at: Timestamp
    ) {
        self.shipmentID = shipmentID
        self.orderID = orderID
        self.waybill = waybill
        self.by = by
        self.at = at
    }
}
