public import MarketplaceCore

/// Why a command to a return is refused.
public enum ReturnRejection: EffectStating, Hashable {
    /// There is no such return yet.
    case notRequested
    /// The return exists with other content.
    case alreadyRequested(ReturnID)
    /// Nothing is to come back.
    case noItems
    /// A line of the order stands in two items.
    case doubleLine(index: Int)
    /// The order has no such line.
    case unknownLine(index: Int)
    /// Nothing of that line was delivered.
    case notDelivered(lineIndex: Int)
    /// Of that line fewer units were delivered, or are in no other return.
    case unitsLeft(lineIndex: Int, wanted: Int, left: Int)
    /// It is too late to return that line for that reason.
    case tooLate(lineIndex: Int, reason: ReturnReason, end: Timestamp)
    /// A claim is about goods that are not as they should be.
    case notAClaim(lineIndex: Int, reason: ReturnReason)
    /// An exchange names the order that is sent instead, and nothing else does.
    case replacementMismatch(ReturnKind)
    /// More units came back of that line than were to.
    case tooManyReceived(lineIndex: Int, units: Int, expected: Int)
    /// A number of units is below zero.
    case negativeUnits(lineIndex: Int, units: Int)
    /// Goods of a claim stay with the buyer, other goods do not.
    case dispositionMismatch(lineIndex: Int, ReturnedUnits.Disposition)
    /// The goods were taken in with another result.
    case alreadyReceived
    /// It was settled with another amount.
    case alreadyCompleted(refunded: Money)
    /// An amount is below zero.
    case negativeAmount(Money)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// The lifecycle does not allow it.
    case move(TransitionRefusal<ReturnStatus, ReturnMove, ActorRole>)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension ReturnRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notRequested: "there is no such return yet"
        case .alreadyRequested(let id): "the return \(id) exists with other content"
        case .noItems: "nothing is to come back"
        case .doubleLine(let index): "line \(index) stands in two items"
        case .unknownLine(let index): "the order has no line \(index)"
        case .notDelivered(let index): "nothing of line \(index) was delivered"
        case .unitsLeft(let index, let wanted, let left):
            "\(wanted) units of line \(index), of which \(left) can return"
        case .tooLate(let index, let reason, let end): "line \(index) could be returned as \(reason) until \(end)"
        case .notAClaim(let index, let reason): "line \(index): \(reason) is no claim"
        case .replacementMismatch(let kind):
            kind == .exchange ? "an exchange names the order that is sent instead" : "a \(kind) has no replacement"
        case .tooManyReceived(let index, let units, let expected):
            "\(units) units of line \(index) came back, \(expected) were to"
        case .negativeUnits(let index, let units): "\(units) units of line \(index) cannot come back"
        case .dispositionMismatch(let index, let disposition): "units of line \(index) cannot be “\(disposition)”"
        case .alreadyReceived: "the goods were taken in with another result"
        case .alreadyCompleted(let amount): "it was settled with \(amount)"
        case .negativeAmount(let amount): "\(amount) cannot be given back"
        case .forbidden(let refusal): refusal.description
        case .move(let refusal): refusal.description
        }
    }
}
