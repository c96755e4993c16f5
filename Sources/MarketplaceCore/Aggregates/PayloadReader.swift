/// One stored payload that can be read as a value: bytes together with the codec that wrote them.
public protocol PayloadReader {
    /// The payload as a value of `type`.
    func read<Value: Decodable>(_ type: Value.Type) throws -> Value
}
