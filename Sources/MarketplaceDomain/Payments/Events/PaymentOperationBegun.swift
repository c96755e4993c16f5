public import MarketplaceCore

/// The gateway is going to be asked to set an amount aside, to take it, or to set it free.
///
/// What became of it is told by ``PaymentAuthorized``, ``PaymentCaptured``, ``PaymentVoided``, ``PaymentFailed`` or
/// ``PaymentOperationRefused``.
public struct PaymentOperationBegun: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PaymentOperationBegun" }

    /// The payment.
    public let paymentID: PaymentID
    /// The order.
    public let orderID: OrderID
    /// What names the request at the gateway.
    public let key: IdempotencyKey
    /// What is asked.
    public let kind: PaymentOperationKind
    /// How much is to be moved; nil for a void of a payment that was not authorized yet.
    public let amount: Money?
    /// Who asked for it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        paymentID: PaymentID,
        orderID: OrderID,
        key: IdempotencyKey,
        kind: PaymentOperationKind,
        amount: Money?,
        by: CommandActor,
        at: Timestamp
    ) {
        self.paymentID = paymentID
        self.orderID = orderID
        self.key = key
        self.kind = kind
        self.amount = amount
        self.by = by
        self.at = at
    }
}
