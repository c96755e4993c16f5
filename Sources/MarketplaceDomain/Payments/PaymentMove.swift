/// The named moves of a payment's lifecycle.
public enum PaymentMove: String, Sendable, Hashable, CaseIterable {
    /// Begin it.
    case create
    /// Take note that the gateway is going to be asked to set the amount aside.
    case beginAuthorization
    /// Take note that the gateway is going to be asked to take a part or all.
    case beginCapture
    /// Take note that the gateway is going to be asked to set free what was not captured.
    case beginVoid
    /// Take note that the gateway refused what it was asked.
    case refuseOperation
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
