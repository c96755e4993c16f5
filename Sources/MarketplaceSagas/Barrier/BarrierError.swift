public import MarketplaceCore
public import MarketplaceStorage

/// Why a call did not pass a ``Barrier``.
public struct BarrierError: EffectStating {
    /// What stands in the way.
    public enum Cause: Sendable {
        /// It was undone, or its undo came first: it must not happen any more.
        case undone
        /// What it was to write threw this.
        case body(any Error)
        /// The first result cannot be written or read.
        case payload(PayloadCodecError)
        /// The key and the barrier's name are too long together.
        case badKey(TextKeyError)
        /// The store did not do its work, or refuses what was to be written.
        case store(StoreError)
    }

    /// The key of the call.
    public let key: IdempotencyKey
    /// What stands in the way.
    public let cause: Cause

    /// What is known of the effect of the call.
    public var effect: EffectOutcome {
        switch cause {
        case .undone, .payload, .badKey: .refused
        // Nothing is committed before the body has returned, so its errors leave no effect behind.
        case .body(let error): EffectOutcome(of: error) == .refused ? .refused : .notApplied
        case .store(let error): error.effect
        }
    }
}

extension BarrierError: CustomStringConvertible {
    /// What stands in the way, in a sentence.
    public var description: String {
        switch cause {
        case .undone: "\(key) was undone, so it does not happen any more"
        case .body(let error): "\(key): \(error)"
        case .payload(let error): "\(key): \(error)"
        case .badKey(let error): "\(key): \(error)"
        case .store(let error): "\(key): \(error)"
        }
    }
}
