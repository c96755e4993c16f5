public import MarketplaceCore
import MarketplaceDomain
public import MarketplaceStorage

/// How a call of the catalogue ended when it did not succeed.
public enum CatalogError: EffectStating, Hashable {
    /// The catalogue says no; nothing was changed.
    case refused(CatalogRefusal)
    /// Others changed the same things meanwhile, attempt after attempt; nothing was changed. Try again.
    case contended(attempts: Int)
    /// The store failed.
    case failed(StoreError)

    /// Refused, not applied, or unknown.
    public var effect: EffectOutcome {
        switch self {
        case .refused: .refused
        case .contended: .notApplied
        case .failed(let error): error.effect
        }
    }

    /// The refusal, if it is one.
    public var refusal: CatalogRefusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }

    /// Whether the very same call may succeed when made again.
    public var isRetriable: Bool {
        switch self {
        case .refused: false
        case .contended: true
        case .failed(let error): error.isRetriable
        }
    }

    static func refused(_ rejection: ProductRejection) -> CatalogError { .refused(.product(rejection)) }

    static func refused(_ rejection: CategoryRejection) -> CatalogError { .refused(.category(rejection)) }
}

extension CatalogError: StoreServiceError {}

extension CatalogError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .refused(let refusal): "refused: \(refusal)"
        case .contended(let attempts): "contended: given up after \(attempts) attempts"
        case .failed(let error): "failed: \(error)"
        }
    }
}
