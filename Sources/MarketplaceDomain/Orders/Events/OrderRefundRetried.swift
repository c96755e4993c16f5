public import MarketplaceCore

/// The gateway is to be asked anew for a refund that it has refused, under another key.
public struct OrderRefundRetried: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderRefundRetried" }

    /// The order.
    public let orderID: OrderID
    /// Which refund of the order, from 1.
    public let number: Int
    /// Which attempt it is; the first one anew is the second.
    public let attempt: Int
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        number: Int,
        attempt: Int,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.number = number
        self.attempt = attempt
        self.by = by
        self.at = at
    }
}
