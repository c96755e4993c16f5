public import MarketplaceCore

/// How a call of a ``Store`` ended when it did not succeed: refused, not applied, or unknown.
public enum StoreError: EffectStating, Hashable {
    /// The state of the store refuses it. Read again, decide again.
    case conflict(StoreConflict)
    /// The call breaks a documented limit or contradicts itself; it would be refused by every state.
    case invalid(InvalidTransaction)
    /// It certainly did not happen.
    case notApplied(StoreFailure)
    /// It may or may not have happened: the connection was lost while it was being committed, say.
    ///
    /// Committing the same transaction again tells.
    case unknown(StoreFailure)

    /// Refused, not applied, or unknown.
    ///
    /// A conflict over a version or a revision says nothing about a second attempt that reads first, so it counts as
    /// not applied; one over a bound, a unique key, a stale fencing token, a transaction id or
    /// the key of a command is a refusal.
    public var effect: EffectOutcome {
        switch self {
        case .conflict(let conflict): conflict.effect
        case .invalid: .refused
        case .notApplied(let failure): failure.isRetriable ? .notApplied : .refused
        case .unknown: .unknown
        }
    }

    /// Whether the very same call may succeed when made again.
    public var isRetriable: Bool {
        switch self {
        case .conflict, .invalid: false
        case .notApplied(let failure), .unknown(let failure): failure.isRetriable
        }
    }
}

extension StoreError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .conflict(let conflict): "conflict: \(conflict)"
        case .invalid(let reason): "invalid transaction: \(reason)"
        case .notApplied(let failure): "not applied: \(failure)"
        case .unknown(let failure): "outcome unknown: \(failure)"
        }
    }
}
