import MarketplaceCore

/// An e-mail address, kept as it was typed and compared without regard to case.
///
/// It is a dot-atom before the `@` and a domain after it (RFC 5321 section 4.1.2, without quoted forms and literals),
/// in ASCII: domains of other alphabets are written as `xn--…` (RFC 5890). Almost all mail systems take the part before
/// the `@` for the same in either case, so that two addresses which differ in case alone belong to one member here.
public struct EmailAddress: Sendable {
    /// The address as it was typed.
    public let text: String

    /// The most bytes of an address: what fits the path of RFC 5321 section 4.5.3.1.3.
    public static let maximumLength = 254
    /// The most bytes before the `@` (RFC 5321 section 4.5.3.1.1).
    static let maximumLocalLength = 64
    /// The most bytes after the `@` (RFC 1035 section 2.3.4).
    static let maximumDomainLength = 253
    /// The most bytes between two dots of the domain (RFC 1035 section 2.3.4).
    static let maximumLabelLength = 63
    /// The most characters of a refused text that an error repeats.
    static let excerptLength = 64

    /// Checks an address.
    ///
    /// - Throws: ``EmailAddressError`` when it is not an address, or is too long.
    public init(validating text: String) throws(EmailAddressError) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.maximumLength else {
            throw .tooLong(byteCount: bytes.count, maximum: Self.maximumLength)
        }
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), Self.isLocalPart(bytes[..<at]),
            let domain = Self.domain(of: String(decoding: bytes[(at + 1)...], as: UTF8.self)),
            domain.utf8.count == bytes.count - at - 1
        else { throw .malformed }
        self.text = text
    }

    /// The address in lower case, by which members are told apart.
    public var normalized: String { Self.lowercased(text.utf8) }

    /// What stands after the `@`, in lower case.
    public var domain: String {
        guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return "" }
        return Self.lowercased(text.utf8[text.utf8.index(after: at)...])
    }

    /// The domain of a text in lower case and without a final dot; nil when the text is not a domain of at least two
    /// parts.
    static func domain(of text: String) -> String? {
        let bytes = Array((text.hasSuffix(".") ? String(text.dropLast()) : text).utf8)
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count > 1, bytes.count <= maximumDomainLength, labels.allSatisfy(isLabel) else { return nil }
        return lowercased(bytes)
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...maximumLabelLength).contains(label.count) && label.first != hyphen && label.last != hyphen
            && label.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
    }

    private static func isLocalPart(_ part: ArraySlice<UInt8>) -> Bool {
        guard part.count <= maximumLocalLength else { return false }
        let others = Array("!#$%&'*+-/=?^_`{|}~".utf8)
        return part.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { isAlphanumeric($0) || others.contains($0) }
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    private static func lowercased(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}

extension EmailAddress: Hashable {
    /// Whether both are the same address, in either case.
    public static func == (lhs: EmailAddress, rhs: EmailAddress) -> Bool {
        lhs.normalized == rhs.normalized
    }

    /// Feeds the address in lower case to `hasher`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(normalized)
    }
}

extension EmailAddress: Codable {
    /// Reads a text, and checks it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(validating: container.decode(String.self))
        } catch let error as EmailAddressError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension EmailAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The first letter and the domain: a log shows no address.
    public var description: String { "\(text.prefix(1))…@\(domain)" }
    /// The first letter and the domain.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
