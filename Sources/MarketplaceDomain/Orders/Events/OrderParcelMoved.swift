public import MarketplaceCore

/// A shipment of an order came to another stage.
public struct OrderParcelMoved: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderParcelMoved" }

    /// The order.
    public let orderID: OrderID
    /// The shipment.
    public let shipmentID: ShipmentID
    /// How far it is.
    public let stage: OrderParcel.Stage
    /// What is in it.
    public let units: [OrderUnits]
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        shipmentID: ShipmentID,
        stage: OrderParcel.Stage,
        units: [OrderUnits],
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.stage = stage
        self.units = units
        self.by = by
        self.at = at
    }
}
