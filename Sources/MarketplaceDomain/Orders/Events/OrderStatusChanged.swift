public import MarketplaceCore

/// An order moved along its lifecycle.
///
/// A cancellation is told by ``OrderCanceled`` alone.
public struct OrderStatusChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderStatusChanged" }

    /// The order.
    public let orderID: OrderID
    /// Its status until now.
    public let from: OrderStatus
    /// Its status from now on.
    public let to: OrderStatus
    /// Why it failed, if it did.
    public let failure: OrderFailureReason?
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        from: OrderStatus,
        to: OrderStatus,
        failure: OrderFailureReason? = nil,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.from = from
        self.to = to
        self.failure = failure
        self.by = by
        self.at = at
    }
}
