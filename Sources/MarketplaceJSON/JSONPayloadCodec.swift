public import MarketplaceStorage

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
// Apple's platforms have the same coders in Foundation alone.
import Foundation
#endif

/// The shipped payload codec: JSON (RFC 8259) with the keys of an object in the order of their bytes.
///
/// Equal values give equal bytes. Numbers that do not fit the type that is asked for are an error, never rounded.
/// Dates, floating-point infinities and raw data have no form of their own here; the package's types need none.
public struct JSONPayloadCodec: PayloadCodec {
    // Both coders are configured here once and never changed again, so they can be shared by all tasks.
    private let encoder: JSONEncoder
    private let decoder: JSONDecoder

    /// Makes the codec.
    public init() {
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        decoder = JSONDecoder()
    }

    /// The JSON text of a value, as UTF-8.
    public func encode(_ value: some Encodable) throws(PayloadCodecError) -> [UInt8] {
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw PayloadCodecError(.encoding, value: type(of: value), error: error)
        }
    }

    /// The value of a JSON text in UTF-8.
    public func decode<Value: Decodable>(
        _ type: Value.Type,
        from bytes: [UInt8]
    ) throws(PayloadCodecError) -> Value {
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch {
            throw PayloadCodecError(.decoding, value: type, error: error)
        }
    }
}

extension PayloadCodec where Self == JSONPayloadCodec {
    /// JSON.
    public static var json: JSONPayloadCodec { JSONPayloadCodec() }
}
