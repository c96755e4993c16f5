public import MarketplaceCore
public import MarketplaceStorage

/// How a call of an ``InventoryStore`` ended when it did not succeed.
///
/// A refusal is an answer of the business; the others are troubles of operation. Neither is ever reported as the
/// other: "out of stock although stock remains" does not happen.
public enum InventoryError: EffectStating, Hashable {
    /// The state of the inventory refuses it; nothing was changed.
    case refused(InventoryRefusal)
    /// Others changed the same things meanwhile, attempt after attempt; nothing was changed. Try again.
    case contended(attempts: Int)
    /// What the inventory is kept on failed.
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
    public var refusal: InventoryRefusal? {
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
}

extension InventoryError: StoreServiceError {}

extension InventoryError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .refused(let refusal): "refused: \(refusal)"
        case .contended(let attempts): "contended: given up after \(attempts) attempts"
        case .failed(let error): "failed: \(error)"
        }
    }
}
