/// Why an operation on money has no result.
public enum MoneyError: EffectStating, Hashable {
    /// The exact result is outside what minor units in an `Int64` hold.
    case overflow(Operation)
    /// The operands have two currencies.
    case currencyMismatch(left: Currency, right: Currency)
    /// The amount cannot be split that way.
    case allocation(AllocationError)

    /// An operation with its operands.
    public enum Operation: Sendable, Hashable {
        /// The sum of two amounts.
        case addition(Money, Money)
        /// The first amount less the second.
        case subtraction(Money, Money)
        /// An amount, so many times.
        case multiplication(Money, by: Int64)
        /// An amount with its sign turned.
        case negation(Money)
        /// The sum of many amounts, which comes to so many minor units.
        case sum(exact: Int128, Currency)
        /// An amount times a ratio or a percentage.
        case scaling(Money, by: Ratio)
    }

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }
}

extension MoneyError: CustomStringConvertible {
    /// The facts in words, for a log.
    public var description: String {
        switch self {
        case .overflow(let operation): "the result does not fit: \(operation)"
        case .currencyMismatch(let left, let right): "two currencies cannot mix: \(left) and \(right)"
        case .allocation(let error): error.description
        }
    }
}

extension MoneyError.Operation: CustomStringConvertible {
    /// The facts in words, for a log.
    public var description: String {
        switch self {
        case .addition(let left, let right): "\(left) + \(right)"
        case .subtraction(let left, let right): "\(left) - \(right)"
        case .multiplication(let left, let right): "\(left) × \(right)"
        case .negation(let amount): "-(\(amount))"
        case .sum(let exact, let currency): "a sum of \(exact) minor units of \(currency)"
        case .scaling(let amount, let ratio): "\(amount) × \(ratio)"
        }
    }
}
