public import MarketplaceCore
public import MarketplaceDomain

/// What a sweep over operations under way has found.
public struct PaymentSweep: Sendable, Hashable {
    /// An operation that is still under way, and why.
    public struct Open: Sendable, Hashable {
        /// The payment.
        public let payment: PaymentID
        /// What the gateway is asked.
        public let kind: PaymentOperationKind
        /// What names the request at the gateway.
        public let key: IdempotencyKey
        /// Why it could not be resolved.
        public let error: PaymentError
    }

    /// How many operations are known to be done now.
    public internal(set) var performedCount = 0
    /// How many are known to be refused.
    public internal(set) var refusedCount = 0
    /// How many had ended before.
    public internal(set) var endedCount = 0
    /// How many entries of the list cannot be read.
    public internal(set) var unreadableCount = 0
    /// Those that are not resolved.
    public internal(set) var open: [Open] = []

    /// A sweep that has found nothing.
    public init() {}
}
