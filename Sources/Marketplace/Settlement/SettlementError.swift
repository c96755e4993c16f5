public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

/// How a call of ``Settlement`` ended when it did not succeed.
public enum SettlementError: EffectStating, Hashable {
    /// The settlement of an order refuses it.
    case rejected(OrderSettlementRejection)
    /// A payout refuses it.
    case payoutRejected(PayoutRejection)
    /// Lines of the order cannot be frozen.
    case lines(SettledLineError)
    /// The ledger refuses it.
    case ledger(LedgerError)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// What the purchase of an order was paid by, or a refund given back by, cannot be told.
    case payment(PaymentError)
    /// The tenders of a purchase do not fit its orders.
    case split(PaymentSplitError)
    /// There is no such debt.
    case unknownDebt(OpenItemID)
    /// A statement would have more lines than it may.
    case statementTooLong(maximum: Int)
    /// A balance would be more than 64 bits hold.
    case balanceOverflow(CounterKey)
    /// Others changed the same things meanwhile, attempt after attempt; nothing was changed. Try again.
    case contended(attempts: Int)
    /// The store failed.
    case failed(StoreError)

    /// Refused, not applied, or unknown.
    public var effect: EffectOutcome {
        switch self {
        case .rejected(let rejection): rejection.effect
        case .payoutRejected(let rejection): rejection.effect
        case .lines, .ledger, .forbidden, .split, .unknownDebt, .statementTooLong, .balanceOverflow: .refused
        case .payment(let error): error.effect
        case .contended: .notApplied
        case .failed(let error): error.effect
        }
    }

    /// Whether the very same call may succeed when made again.
    public var isRetriable: Bool {
        switch self {
        case .rejected(let rejection): rejection.effect == .notApplied
        case .payoutRejected, .lines, .ledger, .forbidden, .split, .unknownDebt, .statementTooLong,
            .balanceOverflow:
            false
        case .payment(let error): error.isRetriable
        case .contended: true
        case .failed(let error): error.isRetriable
        }
    }
}

extension SettlementError {
    /// Whether the store has told of itself, not of what it was asked for: whoever comes next would meet the same.
    var isOfStore: Bool {
        guard case .failed(let error) = self else { return false }
        switch error {
        case .conflict, .invalid: return false
        case .notApplied(let failure), .unknown(let failure): return failure.code != .unreadable
        }
    }
}

extension SettlementError: StoreServiceError {}

extension SettlementError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .rejected(let rejection): rejection.description
        case .payoutRejected(let rejection): rejection.description
        case .lines(let error): error.description
        case .ledger(let error): error.description
        case .forbidden(let refusal): refusal.description
        case .payment(let error): error.description
        case .split(let error): error.description
        case .unknownDebt(let id): "there is no open debt \(id)"
        case .statementTooLong(let maximum): "a statement has at most \(maximum) lines: take a shorter period"
        case .balanceOverflow(let key): "the balance \(key) does not fit"
        case .contended(let attempts): "contended: given up after \(attempts) attempts"
        case .failed(let error): "failed: \(error)"
        }
    }
}

extension SettlementError {
    /// The trouble of a repository; what the aggregate rejected is wrapped by `wrap`.
    init<Rejection>(_ error: RepositoryError<Rejection>, _ wrap: (Rejection) -> SettlementError) {
        switch error {
        case .rejected(let rejection): self = wrap(rejection)
        case .contended(let attempts): self = .contended(attempts: attempts)
        case .store(let failure): self = .failed(failure)
        case .unreadable, .unwritable, .badID:
            self = .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
    }
}
