public import MarketplaceCore
public import MarketplaceDomain

/// What is asked of a payment gateway, for which payment, under which key.
///
/// The gateway knows a payment by the marketplace's own id, which is there before the gateway has answered anything:
/// so even what became of an unanswered request can be undone.
public struct GatewayRequest: Sendable, Hashable {
    /// What is asked.
    public enum Operation: Sendable, Hashable {
        /// Set this amount aside.
        case authorize(Money)
        /// Take this amount of what was set aside.
        case capture(Money)
        /// Set free what was not taken, and refuse whatever comes later for this payment.
        case void
        /// Give back this amount of what was taken.
        case refund(Money)
    }

    /// What is asked.
    public let operation: Operation
    /// For which payment.
    public let payment: PaymentID
    /// What names this request, so that its repetition is recognised.
    public let key: IdempotencyKey
    /// What an authorization charges, if the buyer pays with a saved method; nil when the gateway knows it already.
    public let instrument: PaymentToken?

    /// Makes a request.
    public init(_ operation: Operation, payment: PaymentID, key: IdempotencyKey, instrument: PaymentToken? = nil) {
        self.operation = operation
        self.payment = payment
        self.key = key
        self.instrument = instrument
    }
}
