import MarketplaceCore

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

/// What a value should have been, for an error whose own words are of Swift and not of JSON.
struct LocatedExpectation: Error {
    /// The most values that are listed.
    static let listLimit = 20

    let words: String
    /// What to say instead of a number that is not whole.
    let wordsForFraction: String?

    init(words: String, wordsForFraction: String? = nil) {
        self.words = words
        self.wordsForFraction = wordsForFraction
    }

    /// A number of a type that this one does not hold.
    init<Number: Numeric>(numberOf type: Number.Type) {
        if let integer = type as? any FixedWidthInteger.Type {
            self.init(words: JSONKind.range(of: integer), wordsForFraction: JSONKind.words(for: type))
        } else {
            self.init(words: "a number within the range of binary floating point")
        }
    }

    /// One of the raw values of a type.
    init<Value: CaseIterable & RawRepresentable>(oneOf type: Value.Type) {
        let names = type.allCases.prefix(Self.listLimit).map { value in
            (value.rawValue as? String)?.excerpt ?? "\(value.rawValue)"
        }
        let isCut = type.allCases.count > Self.listLimit
        self.init(words: "one of \(names.joined(separator: ", "))" + (isCut ? " and others" : ""))
    }
}
