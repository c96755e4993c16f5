import MarketplaceCore

/// A value of a document, and what is said of it.
struct JSONPlace {
    /// The most keys that are told.
    private static let keyLimit = 4

    /// The way to it, by the document and not by the type.
    let steps: [JSONPath.Step]
    let position: JSONDocument.Position
    /// What stands there: `an object`, or the beginning of its text.
    let found: String
    /// The first keys of an object.
    let keys: [String]
    /// Whether it is a number that is not whole.
    let isFraction: Bool

    /// What stands at a path of a document that has been checked; nil when nothing does.
    init?(_ path: [JSONPath.Step], in bytes: [UInt8]) {
        var walker = JSONWalker(bytes, maximumDepth: JSONDocument.Limits.deepest)
        do throws(JSONFault) {
            while let token = try walker.next() {
                if case .key = token { continue }
                let steps = walker.steps
                guard steps.count == path.count, zip(steps, path).allSatisfy({ $0.matches($1) }) else { continue }
                self.steps = steps
                position = JSONDocument.Position(of: walker.tokenOffset, in: bytes)
                found = Self.words(for: token, of: bytes)
                keys = token == .objectStart ? try walker.firstKeys(atMost: Self.keyLimit) : []
                isFraction = Self.isFraction(token, of: bytes)
                return
            }
        } catch {
            return nil
        }
        return nil
    }

    private static func isFraction(_ token: JSONScanner.Token, of bytes: [UInt8]) -> Bool {
        guard case .number(let range) = token, let number = Double(String(decoding: bytes[range], as: UTF8.self)) else {
            return false
        }
        return number.isFinite && number != number.rounded()
    }

    private static func words(for token: JSONScanner.Token, of bytes: [UInt8]) -> String {
        switch token {
        case .objectStart, .objectEnd: "an object"
        case .arrayStart, .arrayEnd: "an array"
        case .literal(let range), .number(let range): String(decoding: bytes[range], as: UTF8.self).bareExcerpt
        case .string(let range), .key(let range): JSONText.text(of: bytes[range]).excerpt
        }
    }
}
