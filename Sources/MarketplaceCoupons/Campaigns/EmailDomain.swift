public import MarketplaceCore

/// The domain of an e-mail address, such as `uni-example.ac.kr`: lower-case ASCII, without a final dot.
///
/// Domains of other alphabets are written in their ASCII form (RFC 5890: `xn--…`), as they are in the mail system.
public struct EmailDomain: Hashable, Sendable {
    /// The domain's text.
    public let text: String

    /// The most bytes of a domain (RFC 1035 section 2.3.4).
    public static let maximumLength = 253
    /// The most bytes between two dots (RFC 1035 section 2.3.4).
    static let maximumLabelLength = 63

    /// Checks a domain; letters may be of either case, and a final dot is left out.
    ///
    /// - Throws: ``EmailDomainError`` when it is not one or more labels of letters, digits and inner hyphens.
    public init(validating text: String) throws(EmailDomainError) {
        var bytes = text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
        if bytes.last == UInt8(ascii: "."), bytes.count > 1 { bytes.removeLast() }
        guard !bytes.isEmpty, bytes.count <= Self.maximumLength else { throw EmailDomainError(text) }
        for label in bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            let isClean = label.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
            guard isClean, label.first != 45, label.last != 45, (1...Self.maximumLabelLength).contains(label.count)
            else { throw EmailDomainError(text) }
        }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    /// Whether this domain is `other` or lies below it.
    public func isWithin(_ other: EmailDomain) -> Bool {
        text == other.text || text.hasSuffix("." + other.text)
    }
}

extension EmailDomain: CustomStringConvertible {
    /// The domain's text.
    public var description: String { text }
}

extension EmailDomain: Codable {
    /// Reads a text, and checks it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(validating: container.decode(String.self))
        } catch let error as EmailDomainError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// A text is not a domain.
public struct EmailDomainError: EffectStating, Hashable, CustomStringConvertible {
    /// The most characters of the text that are kept.
    private static let excerptLength = 64

    /// The beginning of the text.
    public let excerpt: String

    init(_ text: String) {
        excerpt = String(text.prefix(Self.excerptLength))
    }

    /// Nothing was changed, and the same text will be refused again.
    public var effect: EffectOutcome { .refused }

    /// The reason in a sentence.
    public var description: String { "\"\(excerpt)\" is not a domain" }
}
