/// The effect did not happen, and asking again will not change that.
public struct Refused: EffectStating, Hashable, CustomStringConvertible {
    /// Why, in the words of whoever refused.
    public let reason: String

    /// Makes a refusal with its reason.
    public init(_ reason: String) {
        self.reason = reason
    }

    /// Always refused.
    public var effect: EffectOutcome { .refused }
    /// The reason, marked as a refusal.
    public var description: String { "refused: \(reason)" }
}
