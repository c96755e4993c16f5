public import MarketplaceCore

/// Why a relay cannot go on.
public struct OutboxRelayError: EffectStating, Hashable {
    /// What stands in the way.
    public enum Cause: Hashable, Sendable {
        /// The store did not do its work.
        case store(StoreError)
        /// The bus did not do its work.
        case bus(MessageBusError)
    }

    /// The relay.
    public let relay: RelayName
    /// What stands in the way.
    public let cause: Cause

    /// Whether the same call may succeed when made again without any change.
    public var isRetriable: Bool {
        switch cause {
        case .store(let error): error.isRetriable
        case .bus(let error): error.isRetriable
        }
    }

    /// What is known of the batch that was at hand.
    public var effect: EffectOutcome {
        switch cause {
        case .store(let error): error.effect
        case .bus(let error): error.effect
        }
    }
}

extension OutboxRelayError: CustomStringConvertible {
    /// What stands in the way, in a sentence.
    public var description: String {
        switch cause {
        case .store(let error): "relay \(relay): \(error)"
        case .bus(let error): "relay \(relay): the bus: \(error)"
        }
    }
}
