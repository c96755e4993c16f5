public import MarketplaceCore

/// One refund of a payment.
public struct PaymentRefund: Sendable, Hashable {
    /// How far a refund is.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// Begun; its amount cannot be refunded a second time.
        case initiated
        /// Given back.
        case completed
        /// Come to nothing.
        case failed
    }

    /// How much.
    public let amount: Money
    /// Where it goes.
    public let destination: RefundDestination
    /// How far it is.
    public internal(set) var status: Status
}
