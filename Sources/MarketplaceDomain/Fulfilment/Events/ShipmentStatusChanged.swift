public import MarketplaceCore

/// A shipment moved along its lifecycle.
public struct ShipmentStatusChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ShipmentStatusChanged" }

    /// The shipment.
    public let shipmentID: ShipmentID
    /// The order.
    public let orderID: OrderID
    /// Its status until now.
    public let from: ShipmentStatus
    /// Its status from now on.
    public let to: ShipmentStatus
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        shipmentID: ShipmentID,
        orderID: OrderID,
        from: ShipmentStatus,
        to: ShipmentStatus,
        by: CommandActor,
        at: Timestamp
    ) {
        self.shipmentID = shipmentID
        self.orderID = orderID
        self.from = from
        self.to = to
        self.by = by
        self.at = at
    }
}
