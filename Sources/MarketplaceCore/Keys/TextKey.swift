/// A caller-chosen text key of one `Subject`: a SKU, a member of somebody's own user table, an idempotency key.
///
/// A key is 1 to ``maximumLength`` bytes of UTF-8 without NUL. Keys are compared and ordered **as bytes**, unlike
/// `String`, so that a composed and a decomposed "é" are two keys here just as they are in every database.
public struct TextKey<Subject>: Sendable {
    /// The text of the key.
    public let text: String

    /// The most bytes of UTF-8 a key may have: short enough for an index entry of every store.
    public static var maximumLength: Int { 512 }

    /// Checks `text` and makes it a key: the way for all text that is data.
    ///
    /// - Throws: ``TextKeyError`` when the text is empty, longer than ``maximumLength`` or contains NUL.
    public init(validating text: String) throws(TextKeyError) {
        var text = text
        text.makeContiguousUTF8()
        let utf8 = text.utf8
        guard !utf8.isEmpty else { throw .empty }
        guard utf8.count <= Self.maximumLength else {
            throw .tooLong(byteCount: utf8.count, maximum: Self.maximumLength)
        }
        if let offset = utf8.firstIndex(of: 0) {
            throw .containsNUL(offset: utf8.distance(from: utf8.startIndex, to: offset))
        }
        self.text = text
    }

    /// Checks the text of a variable and makes it a key: short for ``init(validating:)``.
    ///
    /// Called with a **literal** it is not this initializer: Swift turns `TextKey("")` into the literal itself, which
    /// traps because no key is empty. Text from outside is a variable, or goes through ``init(validating:)``, which
    /// throws whatever it is given.
    public init(_ text: String) throws(TextKeyError) {
        try self.init(validating: text)
    }

    /// Takes over text that is known to be valid, such as the text of an identifier.
    package init(unchecked text: String) {
        self.text = text
    }

    /// The key that is the text form of an identifier.
    public init<Other>(_ identifier: Identifier<Other>) {
        self.init(unchecked: identifier.description)
    }

    /// This key followed by a slash and `part`, for keys that belong to it.
    public func appending(_ part: String) throws(TextKeyError) -> TextKey {
        try TextKey(validating: "\(text)/\(part)")
    }

    /// The same text as a key of another subject.
    public func retyped<Other>(as subject: Other.Type = Other.self) -> TextKey<Other> {
        TextKey<Other>(unchecked: text)
    }
}

extension TextKey: Hashable {
    /// Whether both are the same bytes.
    public static func == (lhs: TextKey, rhs: TextKey) -> Bool {
        lhs.text.isBytewiseEqual(to: rhs.text)
    }

    /// Feeds the bytes to `hasher`.
    public func hash(into hasher: inout Hasher) {
        text.hashBytes(into: &hasher)
    }
}

extension TextKey: Comparable {
    /// Whether the left one comes first, byte by byte.
    public static func < (lhs: TextKey, rhs: TextKey) -> Bool {
        lhs.text.isBytewiseLess(than: rhs.text)
    }
}

extension TextKey: CustomStringConvertible {
    /// The text of the key.
    public var description: String { text }
}

extension TextKey: ExpressibleByStringLiteral {
    /// Makes a key of a literal.
    ///
    /// The literal must be a valid key: it is the programmer's own text, not data.
    public init(stringLiteral value: String) {
        do throws(TextKeyError) {
            try self.init(validating: value)
        } catch {
            preconditionFailure("\(error)")
        }
    }
}

extension TextKey: Codable {
    /// Reads a text, and checks it.
    public init(from decoder: any Decoder) throws {
        self = try decoder.checkedValue { (text: String) throws(TextKeyError) in
            try Self(validating: text)
        }
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
