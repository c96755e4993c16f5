/// The package's own scalars and choices, written as the text or the number they are coded as.
///
/// The same is written without these, by way of an encoder and a container for each value, which takes an encoder such
/// as Foundation's a fifth of the time of a document. What the compiler makes of `Codable` within the package prefers
/// them to the general form.
extension KeyedEncodingContainer {
    package mutating func encode<Subject>(_ value: TextKey<Subject>, forKey key: Key) throws {
        try encode(value.text, forKey: key)
    }

    package mutating func encodeIfPresent<Subject>(_ value: TextKey<Subject>?, forKey key: Key) throws {
        try encodeIfPresent(value?.text, forKey: key)
    }

    package mutating func encode<Subject>(_ value: Identifier<Subject>, forKey key: Key) throws {
        try encode(value.description, forKey: key)
    }

    package mutating func encodeIfPresent<Subject>(_ value: Identifier<Subject>?, forKey key: Key) throws {
        try encodeIfPresent(value?.description, forKey: key)
    }

    package mutating func encode(_ value: Timestamp, forKey key: Key) throws {
        try encode(value.microsecondsSinceEpoch, forKey: key)
    }

    package mutating func encodeIfPresent(_ value: Timestamp?, forKey key: Key) throws {
        try encodeIfPresent(value?.microsecondsSinceEpoch, forKey: key)
    }

    package mutating func encode(_ value: Quantity, forKey key: Key) throws {
        try encode(value.value, forKey: key)
    }

    package mutating func encode(_ value: Currency, forKey key: Key) throws {
        try encode(value.code, forKey: key)
    }

    package mutating func encode<Choice: RawRepresentable & Encodable>(
        _ value: Choice,
        forKey key: Key
    ) throws where Choice.RawValue == String {
        try encode(value.rawValue, forKey: key)
    }

    package mutating func encodeIfPresent<Choice: RawRepresentable & Encodable>(
        _ value: Choice?,
        forKey key: Key
    ) throws where Choice.RawValue == String {
        try encodeIfPresent(value?.rawValue, forKey: key)
    }
}
