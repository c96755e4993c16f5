/// Where and why a saga can go neither forward nor back on its own.
public struct SagaStuck: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Which way the saga was going.
    public enum Direction: String, Sendable, Hashable, Codable {
        /// A step that must not fail did.
        case forward
        /// An undo did not succeed.
        case backward
    }

    /// The step it is stuck at.
    public let step: String
    /// Which way it was going.
    public let direction: Direction
    /// Why, in the words of the last error.
    public let reason: String

    /// Makes the place and the reason of a standstill.
    public init(step: String, direction: Direction, reason: String) {
        self.step = step
        self.direction = direction
        self.reason = reason
    }

    /// The step, the direction and the reason.
    public var description: String {
        switch direction {
        case .forward: "\(step): \(reason)"
        case .backward: "undo of \(step): \(reason)"
        }
    }
}
