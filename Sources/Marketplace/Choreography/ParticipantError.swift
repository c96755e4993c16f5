public import MarketplaceCore
public import MarketplaceStorage

/// Why a participant of a choreography cannot go on.
public enum ParticipantError: EffectStating, Hashable {
    /// Its events cannot be published.
    case relay(OutboxRelayError)
    /// Messages cannot be received.
    case bus(MessageBusError)

    /// What is known of what was at hand: it is published, or received, again.
    public var effect: EffectOutcome {
        switch self {
        case .relay(let error): error.effect
        case .bus(let error): error.effect
        }
    }
}

extension ParticipantError: CustomStringConvertible {
    /// What stands in the way, in a sentence.
    public var description: String {
        switch self {
        case .relay(let error): "\(error)"
        case .bus(let error): "the bus: \(error)"
        }
    }
}
