public import MarketplaceCore

/// Why a commission rule is none, or has no answer.
public enum CommissionError: EffectStating, Hashable {
    /// A percentage or an amount of the rule is below zero.
    case negativeRule(CommissionRuleID)
    /// The tax rate is below zero.
    case negativeTaxRate(Percentage)
    /// The fee does not fit.
    case amount(MoneyError)

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }
}

extension CommissionError: CustomStringConvertible {
    /// What is wrong, in a sentence.
    public var description: String {
        switch self {
        case .negativeRule(let id): "the commission rule \(id) has a percentage or an amount below zero"
        case .negativeTaxRate(let rate): "the tax on commissions is below zero: \(rate)"
        case .amount(let error): error.description
        }
    }
}
