public import MarketplaceCore

/// A language, as BCP 47 writes it, such as `ko` or `pt-BR`.
public struct LanguageTag: Sendable, Hashable {
    /// The tag as it was given.
    public let text: String

    /// The most bytes: what RFC 5646 section 4.4.1 asks to make room for.
    static let maximumLength = 35

    /// English, in which mail is written unless told otherwise.
    public static let english = LanguageTag(unchecked: "en")

    private init(unchecked text: String) {
        self.text = text
    }

    /// Checks a tag: parts of 1 to 8 letters and digits, with hyphens between them.
    ///
    /// - Throws: ``LanguageTagError`` when it is not one.
    public init(validating text: String) throws(LanguageTagError) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isSound = parts.allSatisfy { part in
            (1...8).contains(part.count)
                && part.allSatisfy {
                    (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                }
        }
        guard isSound, text.utf8.count <= Self.maximumLength else { throw LanguageTagError() }
        self.text = text
    }
}

/// A text is not the tag of a language.
public struct LanguageTagError: EffectStating, Hashable, CustomStringConvertible {
    /// Nothing was changed, and the same text will be refused again.
    public var effect: EffectOutcome { .refused }

    /// The reason in a sentence.
    public var description: String { "the text is not the tag of a language such as pt-BR" }
}

extension LanguageTag: CustomStringConvertible {
    /// The tag.
    public var description: String { text }
}

extension LanguageTag: Codable {
    /// Reads a text, and checks it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(validating: container.decode(String.self))
        } catch let error as LanguageTagError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
