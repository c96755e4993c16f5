public import MarketplaceCore

/// The stock is as the order says: what has left it has left, what it set free is free, what it added is set aside.
public struct OrderStockBooked: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderStockBooked" }

    /// The order.
    public let orderID: OrderID
    /// Which state of the order's stock that is: how often something had happened to the order until then that its stock follows.
    public let revision: Int
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        revision: Int,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.revision = revision
        self.by = by
        self.at = at
    }
}
