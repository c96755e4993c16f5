public import MarketplaceCore
public import MarketplaceStorage

/// How a call of a ``StockTable`` ended when it did not succeed.
public enum StockTableError: EffectStating, Hashable {
    /// Another token than the one that was seen is kept for a key: somebody else has written since. Nothing was
    /// written.
    case staleFence(FenceKey)
    /// It certainly did not happen, and will not.
    case notApplied(StoreFailure)
    /// It may or may not have happened, or may happen yet: the connection was lost meanwhile, say.
    case unknown(StoreFailure)

    /// Not applied, refused or unknown; a stale fence says nothing about an attempt that reads first.
    public var effect: EffectOutcome {
        switch self {
        case .staleFence: .notApplied
        case .notApplied(let failure): failure.isRetriable ? .notApplied : .refused
        case .unknown: .unknown
        }
    }

    /// Whether the very same call may succeed when made again.
    public var isRetriable: Bool {
        switch self {
        case .staleFence: false
        case .notApplied(let failure), .unknown(let failure): failure.isRetriable
        }
    }
}

extension StockTableError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .staleFence(let key): "stale fence: \(key) was written under another lease"
        case .notApplied(let failure): "not applied: \(failure)"
        case .unknown(let failure): "outcome unknown: \(failure)"
        }
    }
}
