public import MarketplaceCore

/// Why a line of an order cannot be settled.
public enum SettledLineError: EffectStating, Hashable {
    /// It has no units, or more than there can be.
    case units
    /// Its amounts have no common number of units.
    case unitsMismatch(BasketLineID)
    /// Some of its units have an amount above zero and others one below.
    case mixedSigns
    /// An amount does not fit.
    case overflow
    /// There is no commission on it.
    case commission(CommissionError)
    /// Units were added to a line of that id as to another line: of another seller, kind or remitter of the tax.
    case otherLine(BasketLineID)
    /// The shares are not those of the order.
    case sharesMismatch(OrderID)

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }
}

extension SettledLineError: CustomStringConvertible {
    /// What is wrong, in a sentence.
    public var description: String {
        switch self {
        case .units: "a settled line has no units, or too many"
        case .unitsMismatch(let id): "the amounts of line \(id) are not of as many units each"
        case .mixedSigns: "the units of a settled line have amounts of both signs"
        case .overflow: "an amount of a settled line does not fit"
        case .commission(let error): error.description
        case .otherLine(let id): "what is added to line \(id) is of another seller or kind"
        case .sharesMismatch(let id): "the shares are not those of the order \(id)"
        }
    }
}
