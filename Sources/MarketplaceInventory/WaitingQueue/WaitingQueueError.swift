public import MarketplaceCore
public import MarketplaceStorage

/// How a call of a ``WaitingQueue`` ended when it did not succeed.
///
/// A refusal is an answer of the queue; the others are troubles of operation. "Not your turn" and "missed" are never
/// said because two calls met.
public enum WaitingQueueError: EffectStating, Hashable {
    /// The state of the queue refuses it; nothing was changed.
    case refused(WaitingQueueRefusal)
    /// Others changed the same things meanwhile, attempt after attempt. Try again.
    case contended(attempts: Int)
    /// What the queue is kept on failed. Calling again resolves an unknown outcome.
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
    public var refusal: WaitingQueueRefusal? {
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

extension WaitingQueueError: StoreServiceError {}

extension WaitingQueueError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .refused(let refusal): "refused: \(refusal)"
        case .contended(let attempts): "contended: given up after \(attempts) attempts"
        case .failed(let error): "failed: \(error)"
        }
    }
}
