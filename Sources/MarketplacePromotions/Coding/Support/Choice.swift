import MarketplaceCore

extension Decoder {
    /// Decodes one of several things: a word where there is nothing more to say, else an object with exactly one key,
    /// which says what its value is.
    ///
    /// - Parameters:
    ///   - words: What the words mean.
    ///   - others: Keys that the object may have besides the one.
    ///   - read: Reads the value of the one key.
    /// - Returns: What was chosen.
    /// - Throws: `DecodingError` that says what was expected.
    func choice<Key: CodingKey & CaseIterable, Value>(
        words: KeyValuePairs<String, Value> = [:],
        besides others: [String] = [],
        _ read: (Key, KeyedDecodingContainer<Key>) throws -> Value
    ) throws -> Value {
        let expectation = ChoiceExpectation(words: words.map(\.key), keys: Key.allCases.map(\.stringValue))
        if !words.isEmpty, let word = try? singleValueContainer().decode(String.self),
            let found = words.first(where: { $0.key == word })
        {
            return found.value
        }
        guard let container = try? container(keyedBy: Key.self) else {
            throw mismatch(expected: expectation.description)
        }
        try refuseUnknownKeys(besides: expectation.keys + others)
        let found = Key.allCases.filter { container.contains($0) }
        guard let key = found.first, found.count == 1 else {
            let names = found.isEmpty ? "none" : list(found.map(\.stringValue), "and")
            throw refusal("expected exactly one of the keys \(list(expectation.keys, "and")), found \(names)")
        }
        return try read(key, container)
    }
}

extension Encoder {
    /// Writes a word.
    func write(word: String) throws {
        var container = singleValueContainer()
        try container.encode(word)
    }

    /// Writes an object with one key.
    func write<Key: CodingKey>(_ value: some Encodable, as key: Key) throws {
        var container = container(keyedBy: Key.self)
        try container.write(value, key)
    }

    /// Writes an object with one key, whose value is in the form for people.
    func write<Key: CodingKey, Value: WrittenValue>(_ value: Value, as key: Key) throws {
        var container = container(keyedBy: Key.self)
        try container.write(value, key)
    }
}

/// What a message says was expected where something is to be chosen.
private struct ChoiceExpectation: CustomStringConvertible {
    let words: [String]
    let keys: [String]

    var description: String {
        let object =
            keys.count == 1
            ? "an object with the key \(keys[0])" : "an object with exactly one of the keys \(list(keys, "and"))"
        return list(words.map(\.excerpt) + [object], "or")
    }
}

private func list(_ names: [String], _ last: String) -> String {
    guard names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " \(last) " + names[names.count - 1]
}
