public import MarketplaceCore

/// All that will be taken was taken.
///
/// It comes once, right after the capture or the void that left nothing to capture.
public struct PaymentCompleted: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PaymentCompleted" }

    /// The payment.
    public let paymentID: PaymentID
    /// The order.
    public let orderID: OrderID
    /// How much was taken altogether.
    public let amount: Money
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        paymentID: PaymentID,
        orderID: OrderID,
        amount: Money,
        at: Timestamp
    ) {
        self.paymentID = paymentID
        self.orderID = orderID
        self.amount = amount
        self.at = at
    }
}
