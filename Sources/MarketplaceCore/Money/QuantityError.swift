/// Why a number is not a ``Quantity``.
public enum QuantityError: EffectStating, Hashable, CustomStringConvertible {
    /// The number is zero.
    case zero
    /// The number, given here, is below zero; beyond the range of `Int64` its nearest value.
    case negative(Int64)
    /// The number, given here, is greater than ``Quantity/maximum``; beyond the range of `Int64` its nearest value.
    case tooLarge(Int64)

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }

    /// The facts in words, for a log.
    public var description: String {
        switch self {
        case .zero: "a quantity is at least one, not zero"
        case .negative(let number): "a quantity is at least one, not \(number)"
        case .tooLarge(let number): "a quantity is at most \(Quantity.maximum), not \(number)"
        }
    }
}
