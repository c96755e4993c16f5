/// The elements of a probe: there is one, so that the shape of an element is seen.
struct SchemaProbeList: UnkeyedDecodingContainer {
    private let recorder: SchemaRecorder
    private(set) var currentIndex = 0

    init(_ recorder: SchemaRecorder) {
        self.recorder = recorder
    }

    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex > 0 }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (value, schema) = try recorder.probe(type, under: "[]")
        recorder.shape = .value(.list(schema))
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        throw recorder.fail("its elements are read by hand; let its type conform to SchemaStating")
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw recorder.fail("its elements are read by hand; let its type conform to SchemaStating")
    }

    mutating func superDecoder() throws -> any Decoder { throw recorder.fail("it has a superclass") }
}
