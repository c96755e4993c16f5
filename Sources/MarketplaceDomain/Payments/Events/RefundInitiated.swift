public import MarketplaceCore

/// A part or all of what was captured is to be given back.
public struct RefundInitiated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "RefundInitiated" }

    /// The payment.
    public let paymentID: PaymentID
    /// The order.
    public let orderID: OrderID
    /// The key of the refund.
    public let key: IdempotencyKey
    /// How much.
    public let amount: Money
    /// How much all open refunds come to.
    public let pendingTotal: Money
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp
    /// Where it goes; nil for back by the gateway.
    public let destination: RefundDestination?

    /// Makes the facts of the event.
    public init(
        paymentID: PaymentID,
        orderID: OrderID,
        key: IdempotencyKey,
        amount: Money,
        pendingTotal: Money,
        by: CommandActor,
        at: Timestamp,
        destination: RefundDestination? = nil
    ) {
        self.paymentID = paymentID
        self.orderID = orderID
        self.key = key
        self.amount = amount
        self.pendingTotal = pendingTotal
        self.by = by
        self.at = at
        self.destination = destination
    }
}
