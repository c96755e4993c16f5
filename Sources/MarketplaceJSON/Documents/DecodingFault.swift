import MarketplaceCore

/// What is said of a `DecodingError`, in the terms of JSON.
struct DecodingFault {
    private enum Kind {
        case expected(String)
        case expectedAs(LocatedExpectation)
        case oneKey
        case missing(key: String)
        case refused(String)
    }

    let path: [any CodingKey]
    private let kind: Kind

    init(_ error: DecodingError) {
        switch error {
        case .typeMismatch(let type, let context):
            path = context.codingPath
            kind = Self.mismatch(type, context)
        case .valueNotFound(let type, let context):
            path = context.codingPath
            kind = .expected(JSONKind.words(for: type) ?? "a value")
        case .keyNotFound(let key, let context):
            path = context.codingPath
            kind = .missing(key: key.stringValue)
        case .dataCorrupted(let context):
            path = context.codingPath
            switch context.underlyingError {
            case let expectation as LocatedExpectation: kind = .expectedAs(expectation)
            case let expectation as DecodingExpectation: kind = .expected(expectation.words.inOneLine)
            default: kind = .refused(context.debugDescription.inOneLine)
            }
        @unknown default:
            path = []
            kind = .refused("the value cannot be decoded")
        }
    }

    /// The problem, where this stands in the document; nil where the document has nothing.
    func problem(at place: JSONPlace?) -> JSONDocumentError.Problem {
        switch kind {
        case .expected(let words):
            .unexpectedValue(expected: words, found: place?.found ?? "nothing")
        case .expectedAs(let expectation):
            .unexpectedValue(expected: expectation.words(at: place), found: place?.found ?? "nothing")
        case .oneKey:
            .unexpectedValue(expected: "exactly one of the known keys", found: Self.words(for: place?.keys ?? []))
        case .missing(let key):
            .missingKey(key)
        case .refused(let reason):
            .refused(reason: reason)
        }
    }

    private static func words(for keys: [String]) -> String {
        keys.isEmpty ? "no key" : keys.map(\.nameForMessage).joined(separator: ", ")
    }

    private static func mismatch(_ type: Any.Type, _ context: DecodingError.Context) -> Kind {
        // The words of the decoding that the compiler makes for enums with associated values.
        if context.debugDescription.hasPrefix("Invalid number of keys found") {
            return .oneKey
        }
        // The words of the standard library for a dictionary by integers.
        if context.debugDescription.hasPrefix("Expected Int key") { return .refused("the key must be a whole number") }
        if let words = JSONKind.words(for: type) { return .expected(words) }
        return .refused(context.debugDescription.inOneLine)
    }
}
