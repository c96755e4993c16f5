/// Hands everything on to the container of another decoder and makes its errors tell where they are.
struct LocatingUnkeyedContainer: UnkeyedDecodingContainer {
    var base: any UnkeyedDecodingContainer

    var codingPath: [any CodingKey] { base.codingPath }
    var count: Int? { base.count }
    var isAtEnd: Bool { base.isAtEnd }
    var currentIndex: Int { base.currentIndex }

    mutating func decodeNil() throws -> Bool { try base.decodeNil() }
    mutating func decode(_ type: Bool.Type) throws -> Bool { try base.decode(type) }
    mutating func decode(_ type: String.Type) throws -> String { try base.decode(type) }
    mutating func decode(_ type: Double.Type) throws -> Double { try located() }
    mutating func decode(_ type: Float.Type) throws -> Float { try located() }
    mutating func decode(_ type: Int.Type) throws -> Int { try located() }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try located() }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try located() }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try located() }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try located() }
    mutating func decode(_ type: Int128.Type) throws -> Int128 { try located() }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try located() }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try located() }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try located() }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try located() }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try located() }
    mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try located() }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        LocatedValue<Value>.isSpecial ? try base.decode(type) : try located()
    }

    mutating func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type
    ) throws -> KeyedDecodingContainer<Inner> {
        KeyedDecodingContainer(LocatingKeyedContainer(base: try base.nestedContainer(keyedBy: type)))
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        LocatingUnkeyedContainer(base: try base.nestedUnkeyedContainer())
    }

    mutating func superDecoder() throws -> any Decoder { LocatingDecoder(try base.superDecoder()) }

    private mutating func located<Value: Decodable>() throws -> Value {
        try base.decode(LocatedValue<Value>.self).value
    }
}
