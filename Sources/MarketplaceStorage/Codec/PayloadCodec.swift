/// Turns values into the bytes that are stored, and back.
///
/// `MarketplaceJSON` ships one; bring your own for another form. What it writes must be read by every later release.
public protocol PayloadCodec: Sendable {
    /// The bytes of a value: the same bytes for equal values.
    func encode(_ value: some Encodable) throws(PayloadCodecError) -> [UInt8]

    /// The value of bytes.
    func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws(PayloadCodecError) -> Value
}
