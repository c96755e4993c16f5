/// Why a text is not an identifier, and where.
public typealias IdentifierParseError = TextParseError<IdentifierParseReason>

/// What is wrong with a text that is not an identifier.
public enum IdentifierParseReason: Sendable, Hashable, CustomStringConvertible {
    /// The text has so many bytes; it must have 36 with hyphens or 32 without.
    case wrongLength(Int)
    /// A hexadecimal digit has to stand here.
    case expectedHexDigit
    /// A hyphen has to stand here.
    case expectedHyphen

    /// The facts in words, for a log.
    public var description: String {
        switch self {
        case .wrongLength(let count): "an identifier has 36 characters, or 32 without hyphens, not \(count)"
        case .expectedHexDigit: "a hexadecimal digit is missing"
        case .expectedHyphen: "a hyphen is missing"
        }
    }
}

extension Identifier: CustomStringConvertible where Subject: ~Copyable {
    /// The text form of RFC 9562 section 4, lower-case: `0190163d-8694-739b-aea5-966c26f8ad91`.
    public var description: String { IdentifierText.text(of: bits) }
}

extension Identifier: LosslessStringConvertible where Subject: ~Copyable {
    /// Reads what ``init(parsing:)`` reads, or nil; that one says what is wrong.
    public init?(_ description: String) {
        do throws(IdentifierParseError) {
            try self.init(parsing: description)
        } catch {
            return nil
        }
    }

    /// Reads a UUID of any version: 32 hexadecimal digits of either case, with hyphens in groups of 8-4-4-4-12 or with
    /// none.
    ///
    /// - Throws: ``IdentifierParseError`` with the first thing that is wrong and its offset in UTF-8; a wrong length is
    ///   reported first, at the end of the text.
    public init(parsing text: String) throws(IdentifierParseError) {
        self.init(bits: try IdentifierText.bits(of: text))
    }
}

extension Identifier: Codable where Subject: ~Copyable {
    /// Decodes the text that ``init(parsing:)`` reads.
    public init(from decoder: any Decoder) throws {
        self = try decoder.checkedValue { (text: String) throws(IdentifierParseError) in
            try Self(parsing: text)
        }
    }

    /// Encodes the canonical text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
