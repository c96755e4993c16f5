public import MarketplaceCore

/// The goods of a return came back, or need not.
public struct ReturnReceived: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ReturnReceived" }

    /// The return.
    public let returnID: ReturnID
    /// Of which order.
    public let orderID: OrderID
    /// What became of the units.
    public let units: [ReturnedUnits]
    /// Who took them in.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(returnID: ReturnID, orderID: OrderID, units: [ReturnedUnits], by: CommandActor, at: Timestamp) {
        self.returnID = returnID
        self.orderID = orderID
        self.units = units
        self.by = by
        self.at = at
    }
}
