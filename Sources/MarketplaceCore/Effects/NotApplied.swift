/// The effect did not happen; asking again may succeed.
public struct NotApplied: EffectStating, Hashable, CustomStringConvertible {
    /// Why, in the words of whoever was asked.
    public let reason: String

    /// Makes the error with its reason.
    public init(_ reason: String) {
        self.reason = reason
    }

    /// Always not applied.
    public var effect: EffectOutcome { .notApplied }
    /// The reason, marked as not applied.
    public var description: String { "not applied: \(reason)" }
}
