extension Decoder {
    /// Refuses an object that has a key beyond those of `Key`, so that a misspelt one is not ignored in silence.
    ///
    /// Call it first in `init(from:)`; decoding by the same `Key` then finds every key that is there.
    ///
    /// - Throws: `DecodingError.dataCorrupted` at the path of the unknown key (of several, the first by its bytes),
    ///   naming it and the known key that it was meant to be, or all known ones; `typeMismatch` where there is no
    ///   object at all.
    package func refuseUnknownKeys<Key: CodingKey & CaseIterable>(besides: Key.Type) throws {
        try refuseUnknownKeys(besides: Key.allCases.map(\.stringValue))
    }

    /// Refuses an object that has a key beyond the given ones: for a type whose keys depend on one of its values.
    ///
    /// - Throws: as ``refuseUnknownKeys(besides:)`` of a key type does.
    package func refuseUnknownKeys(besides known: [String]) throws {
        let names = Set(known)
        var unknown: AnyCodingKey?
        for key in try container(keyedBy: AnyCodingKey.self).allKeys where !names.contains(key.stringValue) {
            if let first = unknown, !key.stringValue.isBytewiseLess(than: first.stringValue) { continue }
            unknown = key
        }
        guard let unknown else { return }
        throw DecodingError.dataCorrupted(
            DecodingError.Context(
                codingPath: codingPath + [unknown],
                debugDescription: UnknownKeyWords.sentence(for: unknown.stringValue, known: known)
            )
        )
    }
}

/// A key of any name.
private struct AnyCodingKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        nil
    }
}

/// What is said of an unknown key.
enum UnknownKeyWords {
    static func sentence(for key: String, known: [String]) -> String {
        let subject = "unknown key \(key.nameForMessage)"
        if let guess = EditDistance.nearest(to: key, of: known) {
            return "\(subject); did you mean \(guess.nameForMessage)?"
        }
        let names = known.map(\.nameForMessage)
        return switch names.count {
        case 0: "\(subject); no key is known here"
        case 1: "\(subject); the one known key is \(names[0])"
        default:
            "\(subject); the known keys are \(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])"
        }
    }
}
