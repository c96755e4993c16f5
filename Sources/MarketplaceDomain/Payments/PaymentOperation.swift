public import MarketplaceCore

/// Something a gateway is being asked to do, or has refused to do.
///
/// It is recorded before the gateway is asked: whatever crashes afterwards, what may have happened is known. Refunds
/// have a record of their own, ``PaymentRefund``.
public struct PaymentOperation: Sendable, Hashable {
    /// How far an operation is; one that was done is no operation any more.
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        /// The gateway is asked, and has not answered yet as far as is known.
        case begun
        /// The gateway has refused it.
        case refused
    }

    /// What is asked.
    public let kind: PaymentOperationKind
    /// How much is to be moved; nil for a void of a payment that was not authorized yet.
    public let amount: Money?
    /// How far it is.
    public internal(set) var status: Status
}
