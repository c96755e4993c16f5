public import MarketplaceCore

/// Somebody has looked into what a gateway did that did not fit, and said what became of it.
///
/// What follows for the payment is told by the events after it: a capture, say, or that the gateway refused.
public struct PaymentDiscrepancySettled: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PaymentDiscrepancySettled" }

    /// The payment.
    public let paymentID: PaymentID
    /// The order.
    public let orderID: OrderID
    /// The discrepancy.
    public let discrepancyID: PaymentDiscrepancyID
    /// What the gateway was asked.
    public let kind: PaymentOperationKind
    /// What names the request at the gateway, if that is known.
    public let key: IdempotencyKey?
    /// What became of it.
    public let end: PaymentDiscrepancyEnd
    /// Who said so.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        paymentID: PaymentID,
        orderID: OrderID,
        discrepancyID: PaymentDiscrepancyID,
        kind: PaymentOperationKind,
        key: IdempotencyKey?,
        end: PaymentDiscrepancyEnd,
        by: CommandActor,
        at: Timestamp
    ) {
        self.paymentID = paymentID
        self.orderID = orderID
        self.discrepancyID = discrepancyID
        self.kind = kind
        self.key = key
        self.end = end
        self.by = by
        self.at = at
    }
}
