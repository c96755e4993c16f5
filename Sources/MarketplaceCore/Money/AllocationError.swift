/// Why a total cannot be split by weights.
public enum AllocationError: EffectStating, Hashable, CustomStringConvertible {
    /// There is nobody to give to: no weights, or no parts.
    case noWeights
    /// The weight at this index is below zero.
    case negativeWeight(Int64, index: Int)
    /// Every weight is zero, and the total is not.
    case zeroWeights(total: Int64)
    /// The number of parts is below zero, or above ``Allocation/maximumParts``.
    case partsOutOfRange(Int)

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }

    /// The facts in words, for a log.
    public var description: String {
        switch self {
        case .noWeights: "there are no weights to split by"
        case .negativeWeight(let weight, let index): "the weight at index \(index) is negative: \(weight)"
        case .zeroWeights(let total): "every weight is zero, and the total of \(total) is not"
        case .partsOutOfRange(let parts): "\(parts) parts are not within 1...\(Allocation.maximumParts)"
        }
    }
}
