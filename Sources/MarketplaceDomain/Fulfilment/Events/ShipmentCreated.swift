public import MarketplaceCore

/// Units of an order were put together to be sent.
public struct ShipmentCreated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ShipmentCreated" }

    /// The shipment.
    public let shipmentID: ShipmentID
    /// The order.
    public let orderID: OrderID
    /// Who receives them.
    public let buyerID: MemberID
    /// Who sends them; nil for the platform itself.
    public let sellerID: SellerID?
    /// What is in it.
    public let units: [OrderUnits]
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        shipmentID: ShipmentID,
        orderID: OrderID,
        buyerID: MemberID,
        sellerID: SellerID?,
        units: [OrderUnits],
        by: CommandActor,
        at: Timestamp
    ) {
        self.shipmentID = shipmentID
        self.orderID = orderID
        self.buyerID = buyerID
        self.sellerID = sellerID
        self.units = units
        self.by = by
        self.at = at
    }
}
