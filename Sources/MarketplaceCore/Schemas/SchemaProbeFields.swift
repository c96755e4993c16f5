/// The fields of a probe: each that is asked for is there.
struct SchemaProbeFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let recorder: SchemaRecorder

    init(_ recorder: SchemaRecorder) {
        self.recorder = recorder
    }

    var codingPath: [any CodingKey] { [] }

    /// One key, because only what accepts any key asks for all of them: a map.
    var allKeys: [Key] {
        recorder.shape = .map(nil)
        return Key(stringValue: Self.mapKey).map { [$0] } ?? []
    }

    private static var mapKey: String { "key" }

    func contains(_ key: Key) -> Bool { true }

    func decodeNil(forKey key: Key) throws -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let (value, schema) = try recorder.probe(type, under: key.stringValue)
        note(key, schema, isOptional: false)
        return value
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try leaveOut(type, key)
    }

    fileprivate func leaveOut<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value? {
        let (_, schema) = try recorder.probe(type, under: key.stringValue)
        note(key, schema, isOptional: true)
        return nil
    }

    private func note(_ key: Key, _ schema: ValueSchema, isOptional: Bool) {
        if case .map? = recorder.shape {
            recorder.shape = .map(schema)
        } else {
            recorder.record(RecordSchema.Field(key.stringValue, schema, isOptional: isOptional))
        }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw recorder.fail("its field \(key.stringValue) is read by hand; let its type conform to SchemaStating")
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw recorder.fail("its field \(key.stringValue) is read by hand; let its type conform to SchemaStating")
    }

    func superDecoder() throws -> any Decoder { throw recorder.fail("it has a superclass") }

    func superDecoder(forKey key: Key) throws -> any Decoder { throw recorder.fail("it has a superclass") }
}

// The standard library has a method of its own for each plain type, which would ask whether the field is there and then
// decode it as a required one.
extension SchemaProbeFields {
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try leaveOut(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try leaveOut(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try leaveOut(type, key) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try leaveOut(type, key) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try leaveOut(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try leaveOut(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try leaveOut(type, key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try leaveOut(type, key) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try leaveOut(type, key) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try leaveOut(type, key) }
}
