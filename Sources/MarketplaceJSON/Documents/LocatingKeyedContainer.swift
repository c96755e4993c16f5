/// Hands everything on to the container of another decoder and makes its errors tell where they are.
struct LocatingKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let base: KeyedDecodingContainer<Key>

    var codingPath: [any CodingKey] { base.codingPath }
    var allKeys: [Key] { base.allKeys }

    func contains(_ key: Key) -> Bool { base.contains(key) }
    func decodeNil(forKey key: Key) throws -> Bool { try base.decodeNil(forKey: key) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try base.decode(type, forKey: key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try base.decode(type, forKey: key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try located(key) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try located(key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try located(key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try located(key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try located(key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try located(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try located(key) }
    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try located(key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try located(key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try located(key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try located(key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try located(key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try located(key) }
    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try located(key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        LocatedValue<Value>.isSpecial ? try base.decode(type, forKey: key) : try located(key)
    }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Inner> {
        KeyedDecodingContainer(
            LocatingKeyedContainer<Inner>(base: try base.nestedContainer(keyedBy: type, forKey: key))
        )
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        LocatingUnkeyedContainer(base: try base.nestedUnkeyedContainer(forKey: key))
    }

    func superDecoder() throws -> any Decoder { LocatingDecoder(try base.superDecoder()) }
    func superDecoder(forKey key: Key) throws -> any Decoder { LocatingDecoder(try base.superDecoder(forKey: key)) }

    private func located<Value: Decodable>(_ key: Key) throws -> Value {
        try base.decode(LocatedValue<Value>.self, forKey: key).value
    }
}
