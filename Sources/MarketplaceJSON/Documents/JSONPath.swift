import MarketplaceCore

/// A place in a document.
enum JSONPath {
    /// One step down: into an object or into an array.
    enum Step: Hashable {
        case key(String)
        case index(Int)

        /// Whether it is the other, as coding paths have it: with an index also for a key that is a whole number.
        func matches(_ other: Step) -> Bool {
            switch (self, other) {
            case (.key(let key), .index(let index)): key == String(index)
            default: self == other
            }
        }
    }

    /// The path as RFC 9535 writes it: `$.promotions[3].benefit`, and `$['odd key']` for keys that are no plain names.
    ///
    /// Of a key of more than `String.excerptLimit` scalars the beginning stands there, with `…` behind it.
    static func text(of steps: [Step]) -> String {
        steps.reduce(into: "$") { text, step in
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where key.isPlainName: text += ".\(key)"
            case .key(let key): text += "['\(escaped(key))']"
            }
        }
    }

    /// The steps of a coding path.
    static func steps(of codingPath: [any CodingKey]) -> [Step] {
        codingPath.map { key in key.intValue.map(Step.index) ?? .key(key.stringValue) }
    }

    private static func escaped(_ key: String) -> String {
        var text = ""
        var rest = key.unicodeScalars.makeIterator()
        for _ in 0..<String.excerptLimit {
            guard let scalar = rest.next() else { return text }
            if scalar == "'" || scalar == "\\" {
                text += "\\\(scalar)"
            } else if scalar.breaksALine {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
                }
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return rest.next() == nil ? text : text + "…"
    }
}
