import MarketplaceCore

extension Decoder {
    /// The object that is decoded; one with a key beyond those of `Key` is refused.
    func fields<Key: CodingKey & CaseIterable>(_ type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try refuseUnknownKeys(besides: type)
        return try container(keyedBy: type)
    }
}

// A key whose value is `null` was not left out: it has a value of the wrong kind.

extension KeyedDecodingContainer {
    /// The value of a key.
    func read<Value: Decodable>(_ key: Key) throws -> Value {
        try decode(Value.self, forKey: key)
    }

    /// The value of a key, in the form for people.
    func written<Value: WrittenValue>(_ key: Key) throws -> Value {
        try decode(Written<Value>.self, forKey: key).value
    }

    /// The value of a key that may be left out.
    func read<Value: Decodable>(_ key: Key, or fallback: Value) throws -> Value {
        contains(key) ? try read(key) : fallback
    }

    /// The value of a key that may be left out; nil where it is.
    func readIfThere<Value: Decodable>(_ key: Key) throws -> Value? {
        contains(key) ? try decode(Value.self, forKey: key) : nil
    }

    /// The value of a key that may be left out, in the form for people; nil where it is.
    func writtenIfThere<Value: WrittenValue>(_ key: Key) throws -> Value? {
        contains(key) ? try decode(Written<Value>.self, forKey: key).value : nil
    }
}

extension KeyedEncodingContainer {
    /// Writes a value.
    mutating func write(_ value: some Encodable, _ key: Key) throws {
        try encode(value, forKey: key)
    }

    /// Writes a value in the form for people.
    mutating func write<Value: WrittenValue>(_ value: Value, _ key: Key) throws {
        try encode(Written(value), forKey: key)
    }

    /// Writes a value unless it is the one that is meant when the key is left out.
    mutating func write<Value: Encodable & Equatable>(_ value: Value, _ key: Key, unless fallback: Value) throws {
        if value != fallback { try encode(value, forKey: key) }
    }

    /// Writes a value unless there is none.
    mutating func writeIfThere<Value: Encodable>(_ value: Value?, _ key: Key) throws {
        if let value { try encode(value, forKey: key) }
    }

    /// Writes a value in the form for people, unless there is none.
    mutating func writeIfThere<Value: WrittenValue>(_ value: Value?, _ key: Key) throws {
        if let value { try encode(Written(value), forKey: key) }
    }
}
