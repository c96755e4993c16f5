public import MarketplaceCore

/// The gateway set the amount aside.
public struct PaymentAuthorized: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PaymentAuthorized" }

    /// The payment.
    public let paymentID: PaymentID
    /// The order.
    public let orderID: OrderID
    /// How much.
    public let amount: Money
    /// What the gateway calls it.
    public let reference: GatewayReference
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        paymentID: PaymentID,
        orderID: OrderID,
        amount: Money,
        reference: GatewayReference,
        at: Timestamp
    ) {
        self.paymentID = paymentID
        self.orderID = orderID
        self.amount = amount
        self.reference = reference
        self.at = at
    }
}
