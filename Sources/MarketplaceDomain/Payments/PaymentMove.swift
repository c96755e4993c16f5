/// The named moves of a payment's lifecycle.
public enum PaymentMove: String, Sendable, Hashable, CaseIterable {
    /// Begin it.
    case create
    /// Take note that the gateway set the amount aside.
    case authorize
    /// Take note that the gateway took a part or all.
    case capture
    /// Set free what was not captured.
    case void
    /// Begin to give back a part or all of what was captured.
    case initiateRefund
    /// Take note that a refund was given back.
    case completeRefund
    /// Take note that a refund came to nothing.
    case failRefund
    /// Take note that it came to nothing.
    case fail
}
