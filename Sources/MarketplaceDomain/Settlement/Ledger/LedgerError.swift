public import MarketplaceCore

/// Why lines are no entry of the ledger.
public enum LedgerError: EffectStating, Hashable {
    /// The lines of a currency do not sum to zero.
    case unbalanced(Currency, differenceMinor: Int128)
    /// A line moves nothing.
    case emptyLine(LedgerAccount)
    /// Two lines of one currency are of one account.
    case doubleLine(LedgerAccount, Currency)
    /// There are too many lines.
    case tooManyLines(Int, maximum: Int)
    /// What is moved on an account, or its balance, does not fit.
    case overflow(LedgerAccount)
    /// An account of that kind has no seller, or has one and should not.
    case malformedAccount(String)

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }
}

extension LedgerError: CustomStringConvertible {
    /// What is wrong, in a sentence.
    public var description: String {
        switch self {
        case .unbalanced(let currency, let difference):
            "the entry does not balance: its lines in \(currency) sum to \(difference)"
        case .emptyLine(let account): "a line on \(account) moves nothing"
        case .doubleLine(let account, let currency): "two lines in \(currency) are of \(account)"
        case .tooManyLines(let count, let maximum): "an entry has at most \(maximum) lines, not \(count)"
        case .overflow(let account): "what is moved on \(account) does not fit"
        case .malformedAccount(let kind): "an account of kind \(kind) has no seller, or has one and should not"
        }
    }
}
