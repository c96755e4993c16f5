#if canImport(FoundationEssentials)
import FoundationEssentials
#else
// Apple's platforms have the same coders in Foundation alone.
import Foundation
#endif

/// Documents in JSON (RFC 8259) that people write and programs exchange: rules, configurations, imports.
///
/// What comes from outside is checked whole before any of it is decoded, in one pass and within ``Limits``; what is
/// wrong is told with its path, line and column in plain words. For payloads that the package has written itself,
/// ``JSONPayloadCodec`` is enough.
///
/// ```swift
/// let prices = try JSONDocument.decode(PriceList.self, from: bytes)
/// let text = try JSONDocument.encode(prices, layout: .pretty)
/// ```
public enum JSONDocument {
    /// The value of a document in UTF-8, with or without a byte order mark.
    ///
    /// The text has to follow RFC 8259 to the letter also where the type does not look: no comments, no comma behind
    /// the last element, no half of a surrogate pair, and no key twice in one object, where two keys are the same if
    /// they are canonically equivalent. Keys that the type does not know are its own affair; most ignore them.
    ///
    /// Time and memory are in proportion to the bytes, as far as the type's own decoding allows; runs of combining marks
    /// that would make comparing texts slow are refused.
    ///
    /// Integers are exact over their whole range. One written with a point or an exponent is accepted where it is whole
    /// (`1.0`, `1e2`); within some hundreds of the ends of `Int64` it may be refused, but is never changed. A number that
    /// binary64 would round to a whole one (`1.00000000000000000001`, `1e-400`) is refused whatever type is asked for.
    ///
    /// A document that is refused is decoded a second time, to find the place: the type's `init(from:)` must not depend
    /// on being called once.
    ///
    /// - Throws: The first fault of the text, or else the first one that the type finds.
    public static func decode<Value: Decodable>(
        _ type: Value.Type,
        from bytes: [UInt8],
        limits: Limits = .default
    ) throws(JSONDocumentError) -> Value {
        try check(bytes, limits: limits)
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw JSONDocumentError(decoding: type, from: bytes, error: error)
        }
    }

    /// The document of a value, in UTF-8 without a byte order mark, its keys sorted and its slashes as they are.
    ///
    /// Equal values give equal bytes.
    ///
    /// - Throws: ``JSONDocumentError/Problem/refused(reason:)`` for a value that JSON has no form for, such as an
    ///   infinite `Double`, or that refuses itself.
    public static func encode(
        _ value: some Encodable,
        layout: Layout = .compact
    ) throws(JSONDocumentError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if layout == .pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        do {
            var bytes = Array(try encoder.encode(value))
            if layout == .pretty { bytes.append(UInt8(ascii: "\n")) }
            return bytes
        } catch {
            throw JSONDocumentError(encodingError: error)
        }
    }

    /// How a document is laid out.
    public enum Layout: Hashable, Sendable {
        /// In one line, with no space between the parts.
        case compact
        /// A line for each element, indented, and an end of line behind the last: to be read by people.
        case pretty
    }
}
