public import MarketplaceCore

/// Delivered units of an order came back.
public struct OrderUnitsReturned: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderUnitsReturned" }

    /// The order.
    public let orderID: OrderID
    /// The line, by its place in the order.
    public let lineIndex: Int
    /// How many units.
    public let units: Int
    /// How many units of the line came back in all.
    public let returnedTotal: Int
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        lineIndex: Int,
        units: Int,
        returnedTotal: Int,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.lineIndex = lineIndex
        self.units = units
        self.returnedTotal = returnedTotal
        self.by = by
        self.at = at
    }
}
