import MarketplaceCore

extension JSONDocument {
    /// Checks the whole text: its size, its encoding, its grammar, its depth and its keys.
    static func check(_ bytes: [UInt8], limits: Limits) throws(JSONDocumentError) {
        guard bytes.count <= limits.maximumBytes else {
            throw JSONDocumentError(.tooLarge(byteCount: bytes.count, maximum: limits.maximumBytes))
        }
        try checkUTF8(bytes)
        var walker = JSONWalker(bytes, maximumDepth: limits.maximumDepth)
        do throws(JSONFault) {
            while try walker.next() != nil {}
        } catch {
            throw JSONDocumentError(error.problem, steps: walker.steps, position: Position(of: error.offset, in: bytes))
        }
    }

    /// The toolchain's decoder would guess UTF-16 and UTF-32 and look at the strings it is asked for only.
    private static func checkUTF8(_ bytes: [UInt8]) throws(JSONDocumentError) {
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        var offset = 0
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        while case .valid(let scalar) = parser.parseScalar(from: &rest) { offset += scalar.count }
        throw JSONDocumentError(.notUTF8, position: Position(of: offset, in: bytes))
    }

    /// What stands at a path of a document that has been checked; nil when nothing does.
    static func place(of path: [JSONPath.Step], in bytes: [UInt8]) -> Place? {
        var walker = JSONWalker(bytes, maximumDepth: Limits.deepest)
        do throws(JSONFault) {
            while let token = try walker.next() {
                if case .key = token { continue }
                let steps = walker.steps
                guard steps.count == path.count, zip(steps, path).allSatisfy({ $0.matches($1) }) else { continue }
                let position = Position(of: walker.tokenOffset, in: bytes)
                return Place(
                    steps: steps,
                    position: position,
                    found: words(for: token, of: bytes),
                    keys: token == .objectStart ? try walker.firstKeys(atMost: Place.keyLimit) : [],
                    isFraction: isFraction(token, of: bytes)
                )
            }
        } catch {
            return nil
        }
        return nil
    }

    /// A value's place, and what stands there.
    struct Place {
        /// The most keys that are told.
        static let keyLimit = 4

        let steps: [JSONPath.Step]
        let position: Position
        let found: String
        /// The first keys of an object.
        let keys: [String]
        /// Whether it is a number that is not whole.
        let isFraction: Bool
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

extension JSONDocument {
    /// A place in a text as editors show it.
    public struct Position: Hashable, Sendable, CustomStringConvertible {
        /// The line, from 1; a line ends with U+000A.
        public let line: Int
        /// The column in Unicode scalars, from 1.
        public let column: Int

        /// Makes a position.
        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }

        /// The line and the column in words.
        public var description: String { "line \(line), column \(column)" }
    }
}

extension JSONDocument.Position {
    /// The position of a byte.
    init(of offset: Int, in bytes: [UInt8]) {
        let start = bytes.starts(with: JSONText.byteOrderMark) ? JSONText.byteOrderMark.count : 0
        let before = bytes[min(start, offset)..<offset]
        let line = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // A scalar is one byte that does not continue another.
        let column = (line.last ?? []).count { $0 & 0xC0 != 0x80 }
        self.init(line: line.count, column: column + 1)
    }
}
