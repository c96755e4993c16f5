/// The shape of one kind of event, found by letting its payload decode itself: it is never written twice.
///
/// ```swift
/// let schema = try EventSchema(of: OrderCreated.self)
/// print(schema.record.fields.map(\.name))
/// ```
public struct EventSchema: Sendable, Hashable {
    /// The deepest nesting of a payload.
    public static let maximumDepth = 16

    /// The name on the feed.
    public let name: String
    /// The version of the stored form.
    public let version: Int
    /// The fields of the payload.
    public let record: RecordSchema

    /// A schema of these parts.
    public init(name: String, version: Int, record: RecordSchema) {
        self.name = name
        self.version = version
        self.record = record
    }

    /// The schema of a payload.
    ///
    /// - Parameter type: The type of the payload.
    /// - Throws: ``SchemaProbeError`` when a field checks what it reads and does not say its shape by conforming to
    ///   ``SchemaStating``.
    public init(of type: any EventPayload.Type) throws(SchemaProbeError) {
        do {
            self = try Self.probe(type)
        } catch let error as SchemaProbeError {
            throw error
        } catch {
            throw SchemaProbeError(path: [type.eventName], reason: "\(error)")
        }
    }

    private static func probe<Payload: EventPayload>(_ type: Payload.Type) throws -> EventSchema {
        let recorder = SchemaRecorder(path: [], numbers: SchemaRecorder.SampleNumbers())
        let (_, schema) = try recorder.probe(type, under: type.eventName)
        guard case .record(let record) = schema else { throw recorder.fail("a payload has named fields") }
        return EventSchema(name: type.eventName, version: type.schemaVersion, record: record)
    }
}
