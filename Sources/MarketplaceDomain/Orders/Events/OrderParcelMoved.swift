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
    /// What of it was set aside anew as it was packed, in place of units that did not arrive; nil for nothing.
    public let replacements: [OrderUnits]?
    /// Whether its units go into stock again; nil where they do not.
    public let intoStock: Bool?
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
        replacements: [OrderUnits]? = nil,
        intoStock: Bool? = nil,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.stage = stage
        self.units = units
        self.replacements = replacements
        self.intoStock = intoStock
        self.by = by
        self.at = at
    }
}
