public import MarketplaceCore

/// Money that was taken or given back for a payment, as one side has recorded it.
public struct PaymentMovement: Sendable, Hashable, Codable {
    /// The payment.
    public let payment: PaymentID
    /// Whether it was taken (a capture) or given back (a refund).
    public let kind: PaymentOperationKind
    /// What the request is called at the gateway.
    public let key: IdempotencyKey
    /// How much, above zero.
    public let amount: Money

    /// A movement of these parts.
    public init(payment: PaymentID, kind: PaymentOperationKind, key: IdempotencyKey, amount: Money) {
        self.payment = payment
        self.kind = kind
        self.key = key
        self.amount = amount
    }
}
