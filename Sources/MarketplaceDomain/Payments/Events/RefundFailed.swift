public import MarketplaceCore

/// A refund came to nothing: its amount can be refunded again.
public struct RefundFailed: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "RefundFailed" }

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
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        paymentID: PaymentID,
        orderID: OrderID,
        key: IdempotencyKey,
        amount: Money,
        pendingTotal: Money,
        at: Timestamp
    ) {
        self.paymentID = paymentID
        self.orderID = orderID
        self.key = key
        self.amount = amount
        self.pendingTotal = pendingTotal
        self.at = at
    }
}
