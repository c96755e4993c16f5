public import MarketplaceCore

/// A telephone number in its international form (ITU-T E.164): `+`, then 8 to 15 digits.
///
/// It does not show itself in logs.
public struct PhoneNumber: Sendable, Hashable {
    /// The number, such as `+821012345678`.
    public let text: String

    /// The most digits (ITU-T E.164 section 6.2).
    static let maximumDigits = 15
    /// The fewest digits: no country hands out shorter numbers that are reached from abroad.
    static let minimumDigits = 8

    /// Checks a number; spaces, hyphens, dots and brackets are left out.
    ///
    /// - Throws: ``PhoneNumberError`` when it is not an international number.
    public init(validating text: String) throws(PhoneNumberError) {
        let left: Set<UInt8> = Set(" -.()".utf8)
        let bytes = text.utf8.filter { !left.contains($0) }
        let digits = bytes.dropFirst()
        guard bytes.first == UInt8(ascii: "+"), (Self.minimumDigits...Self.maximumDigits).contains(digits.count),
            digits.first != UInt8(ascii: "0"), digits.allSatisfy({ (48...57).contains($0) })
        else { throw PhoneNumberError() }
        self.text = String(decoding: bytes, as: UTF8.self)
    }
}

/// A text is not a telephone number in its international form; the text is not repeated, because it is personal.
public struct PhoneNumberError: EffectStating, Hashable, CustomStringConvertible {
    /// Nothing was changed, and the same text will be refused again.
    public var effect: EffectOutcome { .refused }

    /// The reason in a sentence.
    public var description: String { "the text is not a telephone number such as +82 10 1234 5678" }
}

extension PhoneNumber: Codable {
    /// Reads a text, and checks it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(validating: container.decode(String.self))
        } catch let error as PhoneNumberError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension PhoneNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The last two digits: a log shows no number.
    public var description: String { "…\(text.suffix(2))" }
    /// The last two digits.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
