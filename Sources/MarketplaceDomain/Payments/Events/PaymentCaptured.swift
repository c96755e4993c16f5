public import MarketplaceCore

/// A part or all of what was authorized was taken.
public struct PaymentCaptured: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PaymentCaptured" }

    /// The payment.
    public let paymentID: PaymentID
    /// The order.
    public let orderID: OrderID
    /// The key of the capture.
    public let key: IdempotencyKey
    /// How much was taken by this capture.
    public let amount: Money
    /// How much has been taken by all captures.
    public let capturedTotal: Money
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        paymentID: PaymentID,
        orderID: OrderID,
        key: IdempotencyKey,
        amount: Money,
        capturedTotal: Money,
        at: Timestamp
    ) {
        self.paymentID = paymentID
        self.orderID = orderID
        self.key = key
        self.amount = amount
        self.capturedTotal = capturedTotal
        self.at = at
    }
}
