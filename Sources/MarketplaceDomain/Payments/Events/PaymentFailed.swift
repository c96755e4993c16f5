public import MarketplaceCore

/// A payment came to nothing.
public struct PaymentFailed: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PaymentFailed" }

    /// The payment.
    public let paymentID: PaymentID
    /// The order.
    public let orderID: OrderID
    /// Why.
    public let reason: PaymentFailureReason
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        paymentID: PaymentID,
        orderID: OrderID,
        reason: PaymentFailureReason,
        at: Timestamp
    ) {
        self.paymentID = paymentID
        self.orderID = orderID
        self.reason = reason
        self.at = at
    }
}
