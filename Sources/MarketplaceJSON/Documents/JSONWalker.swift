/// Goes through a document token by token and knows the way to where it is.
struct JSONWalker {
    private struct Container {
        /// The keys so far; nil in an array.
        var keys: Set<String>?
        /// Where in the container the walk is; nil before the first element.
        var step: JSONPath.Step?
    }

    private var scanner: JSONScanner
    /// Where the last token begins.
    private(set) var tokenOffset = 0
    private var containers: [Container] = []

    init(_ bytes: [UInt8], maximumDepth: Int) {
        scanner = JSONScanner(bytes, maximumDepth: maximumDepth)
    }

    /// The way from the root to the value that was read last, or whose key was; at a fault, to the value it spoils.
    var steps: [JSONPath.Step] { containers.compactMap(\.step) }

    /// The next token; nil at the end of the document.
    mutating func next() throws(JSONFault) -> JSONScanner.Token? {
        try scanner.skipToToken()
        tokenOffset = scanner.offset
        if scanner.expectsValue { stepIntoArray() }
        guard let token = try scanner.next() else { return nil }
        switch token {
        case .objectEnd, .arrayEnd:
            containers.removeLast()
        case .key(let range):
            try enter(text(of: range))
        case .objectStart:
            containers.append(Container(keys: []))
        case .arrayStart:
            containers.append(Container())
        case .string(let range):
            _ = try text(of: range)
        case .number, .literal:
            break
        }
        return token
    }

    /// The first keys of the object that has just begun.
    mutating func firstKeys(atMost maximum: Int) throws(JSONFault) -> [String] {
        let depth = containers.count
        var keys: [String] = []
        while keys.count < maximum, containers.count >= depth, let token = try next() {
            guard case .key(let range) = token, containers.count == depth else { continue }
            keys.append(JSONText.text(of: scanner.bytes[range]))
        }
        return keys
    }

    /// The text of a key or a string, before anything compares it.
    private func text(of range: Range<Int>) throws(JSONFault) -> String {
        let text = JSONText.text(of: scanner.bytes[range])
        guard !JSONText.hasTooManyMarks(text) else {
            throw JSONFault(tokenOffset, .tooManyMarks(maximum: JSONDocument.Limits.maximumMarks))
        }
        return text
    }

    private mutating func enter(_ key: String) throws(JSONFault) {
        let last = containers.count - 1
        containers[last].step = .key(key)
        guard containers[last].keys?.insert(key).inserted != true else { return }
        throw JSONFault(tokenOffset, .repeatedKey)
    }

    private mutating func stepIntoArray() {
        let last = containers.count - 1
        guard last >= 0, containers[last].keys == nil else { return }
        if case .index(let index) = containers[last].step {
            containers[last].step = .index(index + 1)
        } else {
            containers[last].step = .index(0)
        }
    }
}
