public import MarketplaceCore

/// The gateway refused to do what it was asked; nothing was moved.
public struct PaymentOperationRefused: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PaymentOperationRefused" }

    /// The payment.
    public let paymentID: PaymentID
    /// The order.
    public let orderID: OrderID
    /// What names the request at the gateway.
    public let key: IdempotencyKey
    /// What was asked.
    public let kind: PaymentOperationKind
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        paymentID: PaymentID,
        orderID: OrderID,
        key: IdempotencyKey,
        kind: PaymentOperationKind,
        at: Timestamp
    ) {
        self.paymentID = paymentID
        self.orderID = orderID
        self.key = key
        self.kind = kind
        self.at = at
    }
}
