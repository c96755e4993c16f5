public import MarketplaceCore

/// Why a saved payment method cannot be added, used or changed.
public enum PaymentMethodRefusal: EffectStating, Hashable {
    /// It looks like the number of a card, which must never come here.
    case cardNumber
    /// A token has that many bytes.
    case tokenLength(byteCount: Int, maximum: Int)
    /// A brand has that many bytes.
    case brandLength(byteCount: Int, maximum: Int)
    /// What should be the last four digits is not four digits.
    case lastFour
    /// The member has as many methods as there may be.
    case tooMany(maximum: Int)
    /// The member has no such method.
    case unknownMethod(PaymentMethodID)
    /// The key was used for a method that was removed since.
    case removed(PaymentMethodID)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)

    /// Nothing was changed, and the same call will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension PaymentMethodRefusal: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .cardNumber: "that looks like the number of a card: only tokens of the gateway are kept"
        case .tokenLength(let count, let maximum): "a token has 1 to \(maximum) bytes, not \(count)"
        case .brandLength(let count, let maximum): "a brand has 1 to \(maximum) bytes, not \(count)"
        case .lastFour: "the last four digits are four digits"
        case .tooMany(let maximum): "a member has at most \(maximum) payment methods"
        case .unknownMethod(let id): "there is no payment method \(id)"
        case .removed(let id): "the payment method \(id) was removed"
        case .forbidden(let refusal): refusal.description
        }
    }
}
