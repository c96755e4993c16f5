public import MarketplaceCore

/// Turns values into the bytes that are stored, and back.
///
/// `MarketplaceJSON` ships one; bring your own for another form. What it writes must be read by every later release.
public protocol PayloadCodec: Sendable {
    /// The bytes of a value: the same bytes for equal values.
    func encode(_ value: some Encodable) throws(PayloadCodecError) -> [UInt8]

    /// The value of bytes.
    func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws(PayloadCodecError) -> Value

    /// Reads many payloads in their order, each by what `read` makes of it.
    ///
    /// By default one after the other. A codec that reads many at once for less than each by itself does that.
    ///
    /// - Parameters:
    ///   - payloads: The bytes of each.
    ///   - read: Reads the payload at an index, asking its reader at most once; may be called again for the same one.
    /// - Returns: What was read, as many values as there are payloads.
    /// - Throws: What `read` throws for the first payload that cannot be read.
    func decodeAll<Value, Failure: Error>(
        _ payloads: [[UInt8]],
        _ read: (_ index: Int, _ payload: any PayloadReader) throws(Failure) -> Value
    ) throws(Failure) -> [Value]
}

extension PayloadCodec {
    /// Reads one payload after the other.
    public func decodeAll<Value, Failure: Error>(
        _ payloads: [[UInt8]],
        _ read: (_ index: Int, _ payload: any PayloadReader) throws(Failure) -> Value
    ) throws(Failure) -> [Value] {
        try decodeEach(payloads, read)
    }

    /// Reads one payload after the other, whatever the codec can do.
    package func decodeEach<Value, Failure: Error>(
        _ payloads: [[UInt8]],
        _ read: (_ index: Int, _ payload: any PayloadReader) throws(Failure) -> Value
    ) throws(Failure) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(payloads.count)
        for (index, bytes) in payloads.enumerated() {
            values.append(try read(index, EncodedPayload(bytes: bytes, codec: self)))
        }
        return values
    }
}
