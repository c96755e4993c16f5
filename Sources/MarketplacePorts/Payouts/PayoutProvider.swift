public import MarketplaceCore

/// The outside service that sends money to sellers: a bank, or the payout side of a gateway.
///
/// An implementation sends at most once per key: a repeated key gets the first answer, and other content under the same
/// key is refused. An error states whether money left: after a time-out nobody knows, and ``lookUp(_:)`` asks.
public protocol PayoutProvider: Sendable {
    /// Sends what `request` asks for, or answers what it answered to its key before.
    func send(_ request: PayoutRequest) async throws(PayoutProviderError) -> PayoutReceipt

    /// What became of the request of that key.
    func lookUp(_ key: IdempotencyKey) async throws(PayoutProviderError) -> PayoutLookUp
}
