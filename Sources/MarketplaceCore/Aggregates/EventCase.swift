/// How one kind of stored event, in all its schema versions, becomes a case of a union.
public struct EventCase<Union: Sendable>: Sendable {
    /// The name on the feed.
    public let name: String
    /// The schema version that is written today.
    public let schemaVersion: Int
    /// The type that is written today.
    public let payloadType: any EventPayload.Type

    private var readers: [Int: @Sendable (any PayloadReader) throws -> Union]

    /// The case that `wrap` makes of a payload: `EventCase(OrderEvent.created)`.
    public init<Payload: EventPayload>(_ wrap: @escaping @Sendable (Payload) -> Union) {
        name = Payload.eventName
        schemaVersion = Payload.schemaVersion
        payloadType = Payload.self
        readers = [Payload.schemaVersion: { reader in wrap(try reader.read(Payload.self)) }]
    }

    /// The same case, also able to read the older stored form `Old` of `version` (an upcaster).
    ///
    /// `version` must not be the one that is written today, nor one that already has a reader.
    public func reading<Old: Decodable & Sendable>(
        _ old: Old.Type,
        version: Int,
        _ upcast: @escaping @Sendable (Old) throws -> Union
    ) -> EventCase {
        precondition(readers[version] == nil, "\(name) already has a reader for schema version \(version)")
        var copy = self
        copy.readers[version] = { reader in try upcast(try reader.read(Old.self)) }
        return copy
    }

    /// The schema versions that can be read, in ascending order.
    public var readableVersions: [Int] { readers.keys.sorted() }

    /// Reads a stored payload of `version`; nil when that version is not known.
    public func read(version: Int, from reader: some PayloadReader) throws -> Union? {
        try readers[version]?(reader)
    }
}
