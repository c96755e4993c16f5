public import MarketplaceCore

/// A payment for an order was begun.
public struct PaymentCreated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PaymentCreated" }

    /// The payment.
    public let paymentID: PaymentID
    /// The order.
    public let orderID: OrderID
    /// Who pays.
    public let buyerID: MemberID
    /// How much is to be paid.
    public let amount: Money
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        paymentID: PaymentID,
        orderID: OrderID,
        buyerID: MemberID,
        amount: Money,
        at: Timestamp
    ) {
        self.paymentID = paymentID
        self.orderID = orderID
        self.buyerID = buyerID
        self.amount = amount
        self.at = at
    }
}
