public import MarketplaceCore

/// Why a command to the settlement of an order is refused.
public enum OrderSettlementRejection: EffectStating, Hashable {
    /// It was not begun.
    case notOpened
    /// It was begun with other content.
    case alreadyOpened(OrderID)
    /// There are no lines, too many, or two of one id.
    case lines(count: Int)
    /// What all lines come to does not fit, or what was given beyond refunds, or was kept back of them, in all.
    case overflow
    /// An entry of that id was posted for something else.
    case entryReused(LedgerEntryID)
    /// There is no such line.
    case unknownLine(BasketLineID)
    /// The line has not so many units left for that.
    case unitsLeft(BasketLineID, wanted: Int, left: Int)
    /// An amount must be above zero.
    case notPositive(Money)
    /// The order is in another currency.
    case currencyMismatch(expected: Currency, found: Currency)
    /// More would be taken than the order comes to.
    case exceedsTotal(requested: Money, left: Money)
    /// More would be earned or given back than was taken.
    case exceedsCaptured(requested: Money, left: Money)
    /// The seller has no line of the order.
    case notASeller(SellerID)
    /// What was paid for a change is not what its units differ by; nil where nothing was, or is to be, paid.
    case differenceMismatch(expected: Money?, found: Money?)
    /// The units of a change cannot be added to its lines.
    case line(SettledLineError)
    /// The entry cannot be made.
    case ledger(LedgerError)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)

    /// What is not taken yet may be later; else the same command will be refused again.
    public var effect: EffectOutcome {
        switch self {
        case .exceedsCaptured, .notOpened: .notApplied
        default: .refused
        }
    }
}

extension OrderSettlementRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notOpened: "the settlement of this order was not begun"
        case .alreadyOpened(let id): "the settlement of order \(id) was begun with other content"
        case .lines(let count):
            "an order is settled by 1 to \(OrderSettlement.maximumLines) different lines, not \(count)"
        case .overflow: "what the lines come to, or what was given or kept back beside them, does not fit"
        case .entryReused(let id): "the ledger entry \(id) was posted for something else"
        case .unknownLine(let id): "there is no line \(id)"
        case .unitsLeft(let id, let wanted, let left): "line \(id) has \(left) units left for that, not \(wanted)"
        case .notPositive(let amount): "an amount must be above zero, not \(amount)"
        case .currencyMismatch(let expected, let found): "the order is in \(expected), not \(found)"
        case .exceedsTotal(let requested, let left): "\(requested) cannot be taken: the order has \(left) left to pay"
        case .exceedsCaptured(let requested, let left): "\(requested) is more than the \(left) left of what was taken"
        case .notASeller(let id): "the seller \(id) has no line of the order"
        case .differenceMismatch(let expected, let found):
            "the change comes to \(expected.map { "\($0)" } ?? "nothing") to pay, not \(found.map { "\($0)" } ?? "nothing")"
        case .line(let error): error.description
        case .ledger(let error): error.description
        case .forbidden(let refusal): refusal.description
        }
    }
}
