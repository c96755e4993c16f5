public import MarketplaceCore

/// Why a document was not read or not written, and where.
public struct JSONDocumentError: EffectStating, Hashable {
    /// What was wrong, with the facts in the terms of JSON.
    public enum Problem: Hashable, Sendable {
        /// The document has more bytes than its limits allow.
        case tooLarge(byteCount: Int, maximum: Int)
        /// Objects and arrays are nested deeper than the limits allow.
        case tooDeep(maximum: Int)
        /// More combining marks follow each other in a key or a string than any writing needs.
        case tooManyMarks(maximum: Int)
        /// The bytes are not valid UTF-8 from here on.
        case notUTF8
        /// The text does not follow RFC 8259: something else had to stand here.
        case syntax(expected: String, found: String)
        /// The object has this key twice.
        case repeatedKey
        /// The object lacks a key.
        case missingKey(String)
        /// A value of the wrong kind, or a number beyond the range.
        case unexpectedValue(expected: String, found: String)
        /// The value itself refuses, in its own words.
        case refused(reason: String)
    }

    /// What was wrong.
    public let problem: Problem
    /// The place within the document: `$` for all of it, else as RFC 9535 writes it, `$.promotions[3].benefit.percent`.
    ///
    /// Keys that are not plain names (ASCII letters, digits and underscores, no digit in front, at most 64) stand in
    /// brackets and quotes: `$['odd key']`; of a longer one, the beginning and `…`.
    public let path: String
    /// The place within the text; nil when the document is too large or was not read but written.
    public let position: JSONDocument.Position?

    /// Makes an error.
    public init(_ problem: Problem, path: String = "$", position: JSONDocument.Position? = nil) {
        self.problem = problem
        self.path = path
        self.position = position
    }

    /// Nothing was changed, and the same document will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension JSONDocumentError: CustomStringConvertible {
    /// The place and what was wrong, in one line: `$.lines[2].quantity (line 7, column 19): expected …, found …`.
    public var description: String {
        let place = position.map { "\(path) (\($0))" } ?? path
        return "\(place): \(problem)"
    }
}

extension JSONDocumentError.Problem: CustomStringConvertible {
    /// What was wrong, in plain words.
    public var description: String {
        switch self {
        case .tooLarge(let byteCount, let maximum): "the document has \(byteCount) bytes, more than \(maximum)"
        case .tooDeep(let maximum): "more than \(maximum) objects and arrays are within each other"
        case .tooManyMarks(let maximum): "more than \(maximum) combining marks follow each other"
        case .notUTF8: "the text is not UTF-8"
        case .syntax(let expected, let found): "expected \(expected), found \(found)"
        case .repeatedKey: "the object has this key twice"
        case .missingKey(let key): "the key \(key.nameForMessage) is missing"
        case .unexpectedValue(let expected, let found): "expected \(expected), found \(found)"
        case .refused(let reason): reason
        }
    }
}
