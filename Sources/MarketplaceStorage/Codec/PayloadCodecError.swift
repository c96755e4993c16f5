public import MarketplaceCore

/// Why a payload could not be written or read.
public struct PayloadCodecError: EffectStating, Hashable, CustomStringConvertible {
    /// Which way it went wrong.
    public enum Direction: Hashable, Sendable {
        /// From a value to bytes.
        case encoding
        /// From bytes to a value.
        case decoding
    }

    /// Which way it went wrong.
    public let direction: Direction
    /// The type of the value.
    public let typeName: String
    /// The place within the value, such as `lines[2].quantity`; empty for the value itself.
    public let path: String
    /// What was wrong there.
    public let reason: String

    /// Makes an error.
    public init(_ direction: Direction, typeName: String, path: String, reason: String) {
        self.direction = direction
        self.typeName = typeName
        self.path = path
        self.reason = reason
    }

    /// Nothing was changed, and the same payload will be refused again.
    public var effect: EffectOutcome { .refused }

    /// What was wrong, and where.
    public var description: String {
        let place = path.isEmpty ? typeName : "\(typeName) at \(path)"
        return "\(direction) \(place): \(reason)"
    }
}
