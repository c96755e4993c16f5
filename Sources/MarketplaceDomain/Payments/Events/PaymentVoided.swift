public import MarketplaceCore

/// What was not captured was set free.
public struct PaymentVoided: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PaymentVoided" }

    /// The payment.
    public let paymentID: PaymentID
    /// The order.
    public let orderID: OrderID
    /// How much was set free; zero if nothing was authorized.
    public let amount: Money
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        paymentID: PaymentID,
        orderID: OrderID,
        amount: Money,
        by: CommandActor,
        at: Timestamp
    ) {
        self.paymentID = paymentID
        self.orderID = orderID
        self.amount = amount
        self.by = by
        self.at = at
    }
}
