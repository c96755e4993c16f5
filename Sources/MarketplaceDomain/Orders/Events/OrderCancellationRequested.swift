public import MarketplaceCore

/// The buyer of an order has asked whoever sells to call it off.
public struct OrderCancellationRequested: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderCancellationRequested" }

    /// The order.
    public let orderID: OrderID
    /// Why.
    public let reason: OrderCancellationReason
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        reason: OrderCancellationReason,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.reason = reason
        self.by = by
        self.at = at
    }
}
