public import MarketplaceCore

/// Why a recorded event cannot be read, and which event it is.
public struct EventReadingError: EffectStating, Hashable, CustomStringConvertible {
    /// What is wrong with it.
    public enum Reason: Hashable, Sendable {
        /// The union has no event of that name.
        case unknownName
        /// The name is known but that schema version is not: it is from a newer release, or its upcaster is missing.
        case unknownVersion(readable: [Int])
        /// The payload is not what its name and version promise.
        case undecodable(String)
    }

    /// The stream of the event.
    public let stream: StreamID
    /// Its place in the stream.
    public let version: StreamVersion
    /// Its name.
    public let name: String
    /// Its schema version.
    public let schemaVersion: Int
    /// What is wrong with it.
    public let reason: Reason

    /// Makes an error about an event.
    public init(_ event: RecordedEvent, _ reason: Reason) {
        stream = event.stream
        version = event.version
        name = event.name
        schemaVersion = event.schemaVersion
        self.reason = reason
    }

    /// Nothing was changed, and reading again gives the same.
    public var effect: EffectOutcome { .refused }

    /// What is wrong, and with which event.
    public var description: String {
        let event = "event \(version) of \(stream) (\(name), schema version \(schemaVersion))"
        return switch reason {
        case .unknownName: "\(event) has a name that is not known here"
        case .unknownVersion(let readable): "\(event) cannot be read: the versions known here are \(readable)"
        case .undecodable(let reason): "\(event) cannot be read: \(reason)"
        }
    }
}
