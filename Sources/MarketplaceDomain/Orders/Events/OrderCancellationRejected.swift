public import MarketplaceCore

/// An order goes on although its buyer has asked to call it off.
public struct OrderCancellationRejected: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderCancellationRejected" }

    /// The order.
    public let orderID: OrderID
    /// Why.
    public let reason: CancellationRejectionReason
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        reason: CancellationRejectionReason,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.reason = reason
        self.by = by
        self.at = at
    }
}
