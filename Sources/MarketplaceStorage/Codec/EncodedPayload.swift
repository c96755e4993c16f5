import MarketplaceCore

/// A stored payload together with the codec that can read it.
struct EncodedPayload: PayloadReader {
    let bytes: [UInt8]
    let codec: any PayloadCodec

    func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try codec.decode(type, from: bytes)
    }
}
