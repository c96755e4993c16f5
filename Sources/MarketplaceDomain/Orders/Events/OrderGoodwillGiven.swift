public import MarketplaceCore

/// The buyer of an order is given something beyond what is called off or returned; the order owes it as a refund.
public struct OrderGoodwillGiven: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderGoodwillGiven" }

    /// The order.
    public let orderID: OrderID
    /// Which refund of the order it is, from 1.
    public let number: Int
    /// How much.
    public let amount: Money
    /// At whose cost.
    public let bearer: GoodwillBearer
    /// Why.
    public let reason: GoodwillReason
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        number: Int,
        amount: Money,
        bearer: GoodwillBearer,
        reason: GoodwillReason,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.number = number
        self.amount = amount
        self.bearer = bearer
        self.reason = reason
        self.by = by
        self.at = at
    }
}
