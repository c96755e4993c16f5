/// The single value of a probe.
struct SchemaProbeValue: SingleValueDecodingContainer {
    private let recorder: SchemaRecorder

    init(_ recorder: SchemaRecorder) {
        self.recorder = recorder
    }

    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (value, schema) = try recorder.probe(type, under: "value")
        recorder.shape = .value(schema)
        return value
    }
}
