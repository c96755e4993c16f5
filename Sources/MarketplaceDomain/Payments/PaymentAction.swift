public import MarketplaceCore

/// What can be asked of a payment.
public enum PaymentAction: Sendable, Hashable {
    /// Begin it.
    case create(id: PaymentID, order: OrderID, buyer: MemberID, amount: Money)
    /// Take note that the gateway is going to be asked to set aside this amount, which must be the payment's.
    case beginAuthorization(key: IdempotencyKey, confirming: Money)
    /// Take note that the gateway is going to be asked to take this amount; nil for all that is left to take.
    case beginCapture(key: IdempotencyKey, amount: Money? = nil)
    /// Take note that the gateway is going to be asked to set free what was not captured.
    case beginVoid(key: IdempotencyKey)
    /// Take note that the gateway refused what was begun under that key.
    case refuseOperation(key: IdempotencyKey)
    /// Take note that the gateway set aside this amount, which must be the payment's.
    case authorize(amount: Money, reference: GatewayReference)
    /// Take note that the gateway took this amount; nil for all that is left to take.
    case capture(key: IdempotencyKey, amount: Money? = nil)
    /// Set free what was not captured.
    case void
    /// Begin to give back this amount, to there; nil for all that can be given back.
    case initiateRefund(key: IdempotencyKey, amount: Money? = nil, to: RefundDestination = .payment)
    /// Take note that the refund of that key was given back.
    case completeRefund(key: IdempotencyKey)
    /// Take note that the refund of that key came to nothing.
    case failRefund(key: IdempotencyKey)
    /// Take note of what somebody has found out about something a gateway did that did not fit.
    case settleDiscrepancy(
        PaymentDiscrepancyID,
        kind: PaymentOperationKind,
        key: IdempotencyKey?,
        as: PaymentDiscrepancyEnd
    )
    /// Take note that it came to nothing.
    case fail(PaymentFailureReason)
}
