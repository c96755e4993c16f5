public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceInventory
public import MarketplaceStorage

/// How a call to a cart or a wish list ended when it did not succeed.
public enum CartError: EffectStating, Hashable {
    /// It is not possible; nothing was changed.
    case refused(CartRejection)
    /// Somebody may not do that with this cart.
    case forbidden(CommandForbidden)
    /// Others changed the same cart meanwhile, attempt after attempt; nothing was changed. Try again.
    case contended(attempts: Int)
    /// The store failed.
    case failed(StoreError)
    /// What is in it cannot be priced.
    case unpriceable(QuoteError)
    /// The stock could not be read.
    case stock(InventoryError)
    /// The catalogue could not be read.
    case catalog(reason: String, isRetriable: Bool)

    /// Refused, not applied, or unknown.
    public var effect: EffectOutcome {
        switch self {
        case .refused, .forbidden: .refused
        case .contended: .notApplied
        case .failed(let error): error.effect
        case .unpriceable(let error): error.effect
        case .stock(let error): error.effect
        case .catalog(_, let isRetriable): isRetriable ? .notApplied : .refused
        }
    }

    /// Whether the very same call may succeed when made again.
    public var isRetriable: Bool { effect != .refused }
}

extension CartError: StoreServiceError {}

extension CartError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .refused(let rejection): rejection.description
        case .forbidden(let refusal): refusal.description
        case .contended(let attempts): "contended: given up after \(attempts) attempts"
        case .failed(let error): "failed: \(error)"
        case .unpriceable(let error): error.description
        case .stock(let error): error.description
        case .catalog(let reason, _): "the catalogue could not be read: \(reason)"
        }
    }
}
