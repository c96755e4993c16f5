/// Why a saga turned around.
public struct SagaAbort: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The step that could not be done.
    public let step: String
    /// Why, in the words of its error.
    public let reason: String

    /// Makes the reason of an abort.
    public init(step: String, reason: String) {
        self.step = step
        self.reason = reason
    }

    /// The step and the reason.
    public var description: String { "\(step): \(reason)" }
}
