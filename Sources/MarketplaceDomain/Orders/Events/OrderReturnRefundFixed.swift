public import MarketplaceCore

/// It is fixed how much a return of units of an order gives back, so that the order owes that no more.
public struct OrderReturnRefundFixed: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderReturnRefundFixed" }

    /// The order.
    public let orderID: OrderID
    /// The return.
    public let returnID: ReturnID
    /// How much it gives back.
    public let amount: Money
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        returnID: ReturnID,
        amount: Money,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.returnID = returnID
        self.amount = amount
        self.by = by
        self.at = at
    }
}
