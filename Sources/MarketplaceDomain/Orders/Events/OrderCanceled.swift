public import MarketplaceCore

/// An order was called off.
public struct OrderCanceled: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderCanceled" }

    /// The order.
    public let orderID: OrderID
    /// Its status until then.
    public let from: OrderStatus
    /// Why.
    public let reason: OrderCancellationReason
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        from: OrderStatus,
        reason: OrderCancellationReason,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.from = from
        self.reason = reason
        self.by = by
        self.at = at
    }
}
