public import MarketplaceCore

/// A refund was given back.
public struct RefundCompleted: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "RefundCompleted" }

    /// The payment.
    public let paymentID: PaymentID
    /// The order.
    public let orderID: OrderID
    /// The key of the refund.
    public let key: IdempotencyKey
    /// How much.
    public let amount: Money
    /// How much was given back by all refunds.
    public let refundedTotal: Money
    /// How much all open refunds come to.
    public let pendingTotal: Money
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
        refundedTotal: Money,
        pendingTotal: Money,
        at: Timestamp,
        destination: RefundDestination? = nil
    ) {
        self.paymentID = paymentID
        self.orderID = orderID
        self.key = key
        self.amount = amount
        self.refundedTotal = refundedTotal
        self.pendingTotal = pendingTotal
        self.at = at
        self.destination = destination
    }
}
