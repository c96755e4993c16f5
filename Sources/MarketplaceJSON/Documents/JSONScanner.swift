import MarketplaceCore

/// Reads a text byte by byte by the grammar of RFC 8259 and says what comes next, or where the first fault is.
///
/// It makes no values, which stays with the decoder of the toolchain: that one tells neither line nor column of a
/// fault, accepts a comma before a closing brace, and looks at nothing that the type does not ask for. Nesting is
/// counted here in a stack of its own, so that no input can exhaust the one of the thread.
struct JSONScanner {
    /// A part of a text, with the bytes it takes.
    enum Token: Hashable {
        case objectStart
        case objectEnd
        case arrayStart
        case arrayEnd
        /// A key with its quotes; the colon behind it has been read.
        case key(Range<Int>)
        /// A string with its quotes.
        case string(Range<Int>)
        case number(Range<Int>)
        case literal(Range<Int>)
    }

    private enum Container {
        case object
        case array

        var end: UInt8 { self == .object ? UInt8(ascii: "}") : UInt8(ascii: "]") }
    }

    private enum State {
        case value
        case valueOrEnd
        case key
        case keyOrEnd
        case commaOrEnd
        case end
    }

    let bytes: [UInt8]
    let maximumDepth: Int
    /// The first byte that no token has taken.
    private(set) var offset: Int
    private var containers: [Container] = []
    private var state = State.value

    /// A scanner of a text in valid UTF-8, behind its byte order mark if there is one.
    init(_ bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
        offset = bytes.starts(with: JSONText.byteOrderMark) ? JSONText.byteOrderMark.count : 0
    }

    private var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// Whether a value begins here, or something stands where it had to.
    var expectsValue: Bool { state == .value || (state == .valueOrEnd && byte != UInt8(ascii: "]")) }

    /// Moves to the next token, behind the white space and commas before it.
    mutating func skipToToken() throws(JSONFault) {
        skipWhiteSpace()
        guard state == .commaOrEnd, let container = containers.last, byte != container.end else { return }
        guard byte == UInt8(ascii: ",") else {
            let end = container == .object ? "}" : "]"
            throw fault(expected: "a comma or \(end)")
        }
        offset += 1
        state = container == .object ? .key : .value
        skipWhiteSpace()
    }

    /// The next token; nil at the end of the document.
    mutating func next() throws(JSONFault) -> Token? {
        try skipToToken()
        switch state {
        case .end:
            guard byte == nil else { throw fault(expected: "the end of the document") }
            return nil
        case .value:
            return try value()
        case .commaOrEnd:
            return close()
        case .valueOrEnd:
            return byte == UInt8(ascii: "]") ? close() : try value()
        case .keyOrEnd:
            return byte == UInt8(ascii: "}") ? close() : try key(expected: "a key in double quotes or }")
        case .key:
            return try key(expected: "a key in double quotes behind the comma")
        }
    }

    private mutating func skipWhiteSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private mutating func value() throws(JSONFault) -> Token {
        switch byte {
        case UInt8(ascii: "{"):
            return try open(.object)
        case UInt8(ascii: "["):
            return try open(.array)
        case UInt8(ascii: "\""):
            let range = try string()
            endValue()
            return .string(range)
        default:
            return try word()
        }
    }

    private mutating func open(_ container: Container) throws(JSONFault) -> Token {
        guard containers.count < maximumDepth else { throw JSONFault(offset, .tooDeep(maximum: maximumDepth)) }
        containers.append(container)
        offset += 1
        state = container == .object ? .keyOrEnd : .valueOrEnd
        return container == .object ? .objectStart : .arrayStart
    }

    /// Ends the innermost container, whose closing bracket comes next.
    private mutating func close() -> Token {
        offset += 1
        let container = containers.removeLast()
        endValue()
        return container == .object ? .objectEnd : .arrayEnd
    }

    private mutating func endValue() {
        state = containers.isEmpty ? .end : .commaOrEnd
    }

    private mutating func key(expected: String) throws(JSONFault) -> Token {
        guard byte == UInt8(ascii: "\"") else { throw fault(expected: expected) }
        let range = try string()
        skipWhiteSpace()
        guard byte == UInt8(ascii: ":") else { throw fault(expected: "a colon") }
        offset += 1
        state = .value
        return .key(range)
    }

    /// A number, `true`, `false` or `null`.
    private mutating func word() throws(JSONFault) -> Token {
        let start = offset
        while let byte, byte.isWordByte { offset += 1 }
        let range = start..<offset
        let found = bytes[range]
        for literal in JSONText.literals where found.elementsEqual(literal.utf8) {
            endValue()
            return .literal(range)
        }
        guard JSONNumber.isNumber(found) else {
            offset = start
            throw fault(expected: expectedValue, word: range)
        }
        guard JSONNumber.isExact(found) else {
            let found = String(decoding: found, as: UTF8.self).bareExcerpt
            throw JSONFault(start, .unexpectedValue(expected: JSONNumber.exactNumber, found: found))
        }
        endValue()
        return .number(range)
    }

    /// Reads a string and returns its bytes, quotes included.
    private mutating func string() throws(JSONFault) -> Range<Int> {
        let start = offset
        offset += 1
        while let byte {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return start..<offset
            case UInt8(ascii: "\\"):
                try escape()
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                throw fault(expected: Self.closingQuote)
            case 0..<0x20:
                throw fault(expected: "an escape for the control character")
            default:
                offset += 1
            }
        }
        throw fault(expected: Self.closingQuote)
    }

    private mutating func escape() throws(JSONFault) {
        let start = offset
        offset += 1
        guard byte == UInt8(ascii: "u") else {
            guard let byte, JSONText.simpleEscapes.contains(byte) else {
                throw fault(expected: #"one of " \ / b f n r t u behind a backslash"#)
            }
            offset += 1
            return
        }
        let unit = try codeUnit()
        if UTF16.isTrailSurrogate(unit) { throw JSONFault(start, .lone(unit)) }
        guard UTF16.isLeadSurrogate(unit) else { return }
        guard bytes[offset...].starts(with: #"\u"#.utf8) else { throw JSONFault(start, .lone(unit)) }
        offset += 1
        guard UTF16.isTrailSurrogate(try codeUnit()) else { throw JSONFault(start, .lone(unit)) }
    }

    /// Reads the `u` of an escape and the four hexadecimal digits behind it.
    private mutating func codeUnit() throws(JSONFault) -> UInt16 {
        offset += 1
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = byte?.hexadecimalValue else {
                throw fault(expected: #"four hexadecimal digits behind \u"#)
            }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }

    private static let closingQuote = "the closing quote of a string"

    private var expectedValue: String {
        switch containers.last {
        case nil: "a value"
        case .object: "a value behind the colon"
        case .array: state == .value ? "a value behind the comma" : "a value or ]"
        }
    }

    /// That something else was expected here.
    private func fault(expected: String, word: Range<Int>? = nil) -> JSONFault {
        let found =
            if let word, !word.isEmpty {
                String(decoding: bytes[word], as: UTF8.self).bareExcerpt
            } else {
                JSONText.character(at: offset, of: bytes)
            }
        return JSONFault(offset, .syntax(expected: expected, found: found))
    }
}

extension UInt8 {
    /// Whether it can be part of a number or of a literal, or of what somebody took for one.
    fileprivate var isWordByte: Bool {
        switch self {
        case 48...57, 65...90, 97...122, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default:
            false
        }
    }

    fileprivate var hexadecimalValue: UInt8? {
        switch self {
        case 48...57: self - 48
        case 65...70: self - 55
        case 97...102: self - 87
        default: nil
        }
    }
}
