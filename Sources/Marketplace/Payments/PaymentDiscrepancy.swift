public import MarketplaceCore
public import MarketplaceDomain

/// The gateway has done, or says it has done, something that does not fit the payment.
///
/// It is not applied: somebody has to look, mend it at the gateway or here, and settle it.
public struct PaymentDiscrepancy: Sendable, Hashable, Codable {
    /// What does not fit.
    public enum Cause: Sendable, Hashable, Codable {
        /// Another amount, or another currency, than was asked for.
        case amount(expected: Money, found: Money)
        /// An amount below zero.
        case negative(Money)
        /// The payment cannot have it recorded, for this reason.
        case rejected(String)
        /// One record of the gateway says it was done, another that it was refused.
        case contradictory
    }

    /// What names it.
    public let id: PaymentDiscrepancyID
    /// The payment.
    public let payment: PaymentID
    /// What was done.
    public let kind: PaymentOperationKind
    /// What names the request at the gateway, if that is known.
    public let key: IdempotencyKey?
    /// What does not fit.
    public let cause: Cause
    /// When it was found.
    public let at: Timestamp
}

extension PaymentDiscrepancy: CustomStringConvertible {
    /// What does not fit, in a sentence.
    public var description: String {
        let what = "the \(kind.rawValue) \(key?.text ?? "without a key") of payment \(payment)"
        return switch cause {
        case .amount(let expected, let found): "\(what) came to \(found) instead of \(expected)"
        case .negative(let amount): "\(what) came to \(amount)"
        case .rejected(let reason): "\(what) cannot be recorded: \(reason)"
        case .contradictory: "\(what) was both done and refused"
        }
    }
}
