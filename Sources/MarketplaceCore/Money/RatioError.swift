/// Why an operation on fractions has no result.
public enum RatioError: EffectStating, Hashable {
    /// A number was to be divided by zero; the numerator is given.
    case zeroDenominator(numerator: Int64)
    /// The lowest terms of the exact result do not fit in two `Int64`.
    case overflow(Operation)

    /// An operation with its operands.
    public enum Operation: Sendable, Hashable {
        /// The fraction of two numbers.
        case fraction(Int64, Int64)
        /// The sum of two fractions.
        case addition(Ratio, Ratio)
        /// The first fraction less the second.
        case subtraction(Ratio, Ratio)
        /// The product of two fractions.
        case multiplication(Ratio, Ratio)
        /// The first fraction divided by the second.
        case division(Ratio, Ratio)
        /// So many fractions brought to one denominator.
        case commonDenominator(count: Int)
    }

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }
}

extension RatioError: CustomStringConvertible {
    /// The facts in words, for a log.
    public var description: String {
        switch self {
        case .zeroDenominator(let numerator): "\(numerator) cannot be divided by zero"
        case .overflow(let operation): "the lowest terms do not fit: \(operation)"
        }
    }
}

extension RatioError.Operation: CustomStringConvertible {
    /// The facts in words, for a log.
    public var description: String {
        switch self {
        case .fraction(let above, let below): "\(above)/\(below)"
        case .addition(let left, let right): "\(left) + \(right)"
        case .subtraction(let left, let right): "\(left) - \(right)"
        case .multiplication(let left, let right): "\(left) × \(right)"
        case .division(let left, let right): "\(left) ÷ \(right)"
        case .commonDenominator(let count): "\(count) fractions of one denominator"
        }
    }
}
