public import MarketplaceCore

/// Money that an order owed to its buyer was given back.
public struct OrderRefundSettled: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderRefundSettled" }

    /// The order.
    public let orderID: OrderID
    /// Which one of the order, from 1.
    public let number: Int
    /// How much.
    public let amount: Money
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        number: Int,
        amount: Money,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.number = number
        self.amount = amount
        self.by = by
        self.at = at
    }
}
