/// What is known about an effect whose call ended in an error.
///
/// A call beyond this process ends in one of three ways, not two: it is done, it did not happen, or nobody knows.
/// A time-out, a lost connection and a cancellation leave the effect unknown; treating that as "failed" is how money
/// is taken twice.
@frozen
public enum EffectOutcome: String, Sendable, Hashable, Codable {
    /// It did not happen, and asking again will not change that.
    case refused
    /// It did not happen; asking again may succeed.
    case notApplied
    /// It may or may not have happened.
    case unknown

    /// What `error` says of its effect; ``unknown`` when it says nothing.
    public init(of error: any Error) {
        self = (error as? any EffectStating)?.effect ?? .unknown
    }
}
