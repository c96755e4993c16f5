import MarketplaceCore

/// A value that documents have as a text which people write: `"5000 KRW"`, `"12.5%"`, `"18:00"`.
///
/// Its own `Codable` form may be another one, made for machines; ``Decoder/written(_:)`` and ``Written`` read this one.
protocol WrittenValue: Codable, CustomStringConvertible {
    /// What a message says was expected, with an example.
    static var expectation: String { get }

    /// Reads the text that `description` writes.
    init(written text: String) throws(WrittenFault)
}

/// Why a text is not the value.
struct WrittenFault: Error {
    /// What was wrong with it; nil when the expectation says all there is to say.
    let reason: String?
}

/// A value in the form that people write.
struct Written<Value: WrittenValue>: Codable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }

    init(from decoder: any Decoder) throws {
        value = try decoder.written()
    }

    func encode(to encoder: any Encoder) throws {
        try encoder.write(word: value.description)
    }
}

extension Decoder {
    /// Decodes a value from the text that people write.
    func written<Value: WrittenValue>(_ type: Value.Type = Value.self) throws -> Value {
        guard let text = try? singleValueContainer().decode(String.self) else {
            throw mismatch(expected: Value.expectation)
        }
        do throws(WrittenFault) {
            return try Value(written: text)
        } catch {
            let reason = error.reason.map { ": \($0)" } ?? ""
            throw refusal("expected \(Value.expectation), found \(text.excerpt)\(reason)")
        }
    }

    /// The error of a value that is of the right kind and still none, in the words of whoever reads it.
    func refusal(_ words: String) -> DecodingError {
        .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: words))
    }
}

extension Money: WrittenValue {
    static var expectation: String { "an amount of money such as \"19.99 USD\"" }

    init(written text: String) throws(WrittenFault) {
        do throws(MoneyParseError) {
            try self.init(parsing: text)
        } catch {
            throw WrittenFault(reason: error.description)
        }
    }
}

extension Percentage: WrittenValue {
    static var expectation: String { "a percentage such as \"12.5%\"" }

    init(written text: String) throws(WrittenFault) {
        do throws(RatioParseError) {
            try self.init(parsing: text)
        } catch {
            throw WrittenFault(reason: error.description)
        }
    }
}

extension Timestamp: WrittenValue {
    static var expectation: String { "a time such as \"2026-03-01T00:00:00+09:00\"" }

    init(written text: String) throws(WrittenFault) {
        do throws(TimestampParseError) {
            try self.init(parsing: text)
        } catch {
            throw WrittenFault(reason: error.description)
        }
    }
}
