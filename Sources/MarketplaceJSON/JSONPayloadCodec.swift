public import MarketplaceCore
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
    /// The most bytes that are read as one text, of which a copy is made.
    static let mostBatchBytes = 1 << 20

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

extension JSONPayloadCodec {
    /// Reads many payloads as the elements of one array, which takes two thirds of the time of each by itself.
    ///
    /// What cannot be read like that is read one by one, so that errors tell of the payload that has them.
    public func decodeAll<Value, Failure: Error>(
        _ payloads: [[UInt8]],
        _ read: (_ index: Int, _ payload: any PayloadReader) throws(Failure) -> Value
    ) throws(Failure) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(payloads.count)
        while values.count < payloads.count {
            let start = values.count
            let batch = payloads[start..<Self.endOfBatch(of: payloads, from: start)]
            if batch.count > 1, let together = try? decodeTogether(batch, read) {
                values += together
            } else {
                values += try decodeEach(Array(batch)) { index, payload throws(Failure) in
                    try read(start + index, payload)
                }
            }
        }
        return values
    }

    /// Where the batch ends that begins at `start`: at least one payload behind it.
    private static func endOfBatch(of payloads: [[UInt8]], from start: Int) -> Int {
        var (end, bytes) = (start + 1, payloads[start].count)
        while end < payloads.count, bytes + payloads[end].count <= mostBatchBytes {
            bytes += payloads[end].count
            end += 1
        }
        return end
    }

    /// Nil when they are not all objects.
    private func decodeTogether<Value>(
        _ payloads: ArraySlice<[UInt8]>,
        _ read: (_ index: Int, _ payload: any PayloadReader) throws -> Value
    ) throws -> [Value]? {
        var text = Data(capacity: payloads.reduce(1) { $0 + $1.count + 1 })
        for payload in payloads {
            // Only an object can be told from its neighbours by its ends.
            guard payload.first == UInt8(ascii: "{"), payload.last == UInt8(ascii: "}") else { return nil }
            text.append(text.isEmpty ? UInt8(ascii: "[") : UInt8(ascii: ","))
            text.append(contentsOf: payload)
        }
        text.append(UInt8(ascii: "]"))
        return try withoutActuallyEscaping(read) { read in
            try decoder.decode(
                JSONPayloadArray<Value>.self,
                from: text,
                configuration: JSONPayloadArray<Value>.Reading(indices: payloads.indices, read: read)
            ).values
        }
    }
}

extension PayloadCodec where Self == JSONPayloadCodec {
    /// JSON.
    public static var json: JSONPayloadCodec { JSONPayloadCodec() }
}
