/// Why numbers are no shares of an order.
public enum FrozenSharesError: EffectStating, Hashable {
    /// Two lines or charges have one id.
    case doubleID(BasketLineID)
    /// A line has no units, or more than there can be.
    case noUnits(BasketLineID)
    /// An amount is negative, or the tax is more than what was paid.
    case impossibleAmount(BasketLineID)
    /// What a promotion took off is negative, or sellers pay more of it.
    case impossibleDiscount(PromotionID)
    /// The sum is more than an `Int64` holds.
    case overflow

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }
}

extension FrozenSharesError: CustomStringConvertible {
    /// What is wrong, in a sentence.
    public var description: String {
        switch self {
        case .doubleID(let id): "two lines or charges have the id \(id)"
        case .noUnits(let id): "line \(id) has no units, or too many"
        case .impossibleAmount(let id): "\(id) has a negative amount, or more tax than was paid"
        case .impossibleDiscount(let id): "\(id) took off a negative amount, or less than sellers pay of it"
        case .overflow: "the shares come to more than can be computed"
        }
    }
}
