public import MarketplaceCore
public import MarketplaceDomain

/// The outside service that moves money.
///
/// An implementation performs a request at most once per key: a repeated key gets the first answer, and other content
/// under the same key is answered by ``PaymentGatewayError/keyReused(_:)``, which says nothing of what the first content
/// has done. An error states whether the request took effect: after a time-out nobody knows, and
/// ``lookUp(_:)`` asks.
public protocol PaymentGateway: Sendable {
    /// Performs `request`, or answers what it answered to that key before.
    func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt

    /// What became of the request of that key.
    func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp
}

extension PaymentGateway {
    /// Sets `amount` aside for `payment`.
    public func authorize(
        _ amount: Money,
        for payment: PaymentID,
        key: IdempotencyKey
    ) async throws(PaymentGatewayError) -> GatewayReceipt {
        try await perform(GatewayRequest(.authorize(amount), payment: payment, key: key))
    }

    /// Takes `amount` of what was set aside for `payment`.
    public func capture(
        _ amount: Money,
        of payment: PaymentID,
        key: IdempotencyKey
    ) async throws(PaymentGatewayError) -> GatewayReceipt {
        try await perform(GatewayRequest(.capture(amount), payment: payment, key: key))
    }

    /// Sets free what was not taken, and has whatever comes later for `payment` refused.
    ///
    /// It is done also when nothing was ever set aside: an undo is harmless when its effect never happened.
    public func void(
        _ payment: PaymentID,
        key: IdempotencyKey
    ) async throws(PaymentGatewayError) -> GatewayReceipt {
        try await perform(GatewayRequest(.void, payment: payment, key: key))
    }

    /// Gives back `amount` of what was taken for `payment`.
    public func refund(
        _ amount: Money,
        of payment: PaymentID,
        key: IdempotencyKey
    ) async throws(PaymentGatewayError) -> GatewayReceipt {
        try await perform(GatewayRequest(.refund(amount), payment: payment, key: key))
    }
}
