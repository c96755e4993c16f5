/// A decoder that holds no data: it answers every question with a sample and writes down what was asked.
struct SchemaProbe: Decoder {
    let recorder: SchemaRecorder

    init(_ recorder: SchemaRecorder) {
        self.recorder = recorder
    }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        if recorder.shape == nil { recorder.shape = .fields([]) }
        return KeyedDecodingContainer(SchemaProbeFields<Key>(recorder))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        SchemaProbeList(recorder)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        SchemaProbeValue(recorder)
    }
}
