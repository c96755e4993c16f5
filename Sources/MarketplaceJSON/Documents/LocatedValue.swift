#if canImport(FoundationEssentials)
import FoundationEssentials
#else
// Apple's platforms have the same coders in Foundation alone.
import Foundation
#endif

/// A value whose decoding errors all tell where they are.
///
/// It is decoded through ``LocatingDecoder``, from which everything below it is a located value in turn.
struct LocatedValue<Value: Decodable>: Decodable {
    let value: Value

    init(from decoder: any Decoder) throws {
        do {
            value = try Value(from: LocatingDecoder(decoder))
        } catch let error as DecodingError {
            throw Self.knowing(error)
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "\(error)")
            )
        }
    }

    /// Whether the toolchain's decoder reads this type in a way of its own, which a value in between would hide.
    static var isSpecial: Bool {
        Value.self == Data.self || Value.self == Date.self || Value.self == Decimal.self || Value.self == URL.self
    }

    /// The error with the values that there are, where a raw value is none of them.
    private static func knowing(_ error: DecodingError) -> DecodingError {
        guard case .dataCorrupted(let context) = error, context.underlyingError == nil,
            // The words of the standard library for a raw value.
            context.debugDescription.hasPrefix("Cannot initialize \(Value.self) from invalid ")
        else { return error }
        let known = (Value.self as? any (CaseIterable & RawRepresentable).Type).map { LocatedExpectation(oneOf: $0) }
        return .dataCorrupted(
            DecodingError.Context(
                codingPath: context.codingPath,
                debugDescription: context.debugDescription,
                underlyingError: known ?? LocatedExpectation(words: "one of the known values")
            )
        )
    }
}
