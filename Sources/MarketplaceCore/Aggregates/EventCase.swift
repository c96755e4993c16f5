/// How one kind of stored event, in all its schema versions, becomes a case of a union.
public struct EventCase<Union: Sendable>: Sendable {
    /// The name on the feed.
    public let name: String
    /// The schema version that is written today.
    public let schemaVersion: Int
    /// The type that is written today.
    public let payloadType: any EventPayload.Type

    private typealias Reader = @Sendable (any PayloadReader) throws -> Union

    /// Reads what is written today, which most stored events are.
    private let readToday: Reader
    /// By the other schema versions.
    private var otherReaders: [Int: Reader] = [:]

    /// The case that `wrap` makes of a payload: `EventCase(OrderEvent.created)`.
    public init<Payload: EventPayload>(_ wrap: @escaping @Sendable (Payload) -> Union) {
        name = Payload.eventName
        schemaVersion = Payload.schemaVersion
        payloadType = Payload.self
        readToday = { reader in wrap(try reader.read(Payload.self)) }
    }

    /// The same case, also able to read the older stored form `Old` of `version` (an upcaster).
    ///
    /// `version` must not be the one that is written today, nor one that already has a reader.
    public func reading<Old: Decodable & Sendable>(
        _ old: Old.Type,
        version: Int,
        _ upcast: @escaping @Sendable (Old) throws -> Union
    ) -> EventCase {
        let isNew = version != schemaVersion && otherReaders[version] == nil
        precondition(isNew, "\(name) already has a reader for schema version \(version)")
        var copy = self
        copy.otherReaders[version] = { reader in try upcast(try reader.read(Old.self)) }
        return copy
    }

    /// The schema versions that can be read, in ascending order.
    public var readableVersions: [Int] { (otherReaders.keys + [schemaVersion]).sorted() }

    /// Reads a stored payload of `version`; nil when that version is not known.
    public func read(version: Int, from reader: some PayloadReader) throws -> Union? {
        version == schemaVersion ? try readToday(reader) : try otherReaders[version]?(reader)
    }
}
