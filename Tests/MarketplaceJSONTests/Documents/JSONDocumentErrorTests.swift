import MarketplaceCore
import MarketplaceJSON
import TestSupport
import Testing

/// What a type refuses in a text without fault.
struct JSONDocumentErrorTests {
    private static let whole = "a whole number"
    private static let int64 = "a whole number from -9223372036854775808 to 9223372036854775807"

    private func refusal(of text: String) throws -> JSONDocumentError {
        try #require(
            thrownError { () throws(JSONDocumentError) in
                _ = try JSONDocument.decode(RuleFile.self, from: Array(text.utf8))
            }
        )
    }

    @Test(arguments: [
        // The wrong kind.
        ("null", "$", "an object", "null"),
        ("true", "$", "an object", "true"),
        ("1", "$", "an object", "1"),
        (#""x""#, "$", "an object", #""x""#),
        ("[]", "$", "an object", "an array"),
        (#"{"rules": null}"#, "$.rules", "an array", "null"),
        (#"{"rules": {}}"#, "$.rules", "an array", "an object"),
        (#"{"rules": [[]]}"#, "$.rules[0]", "an object", "an array"),
        (#"{"rules": [{"name": 1}]}"#, "$.rules[0].name", "a string", "1"),
        (#"{"rules": [{"name": null}]}"#, "$.rules[0].name", "a string", "null"),
        (#"{"rules": [{"name": "a", "count": "1"}]}"#, "$.rules[0].count", whole, #""1""#),
        (#"{"rules": [{"name": "a", "count": true}]}"#, "$.rules[0].count", whole, "true"),
        (#"{"rules": [{"name": "a", "share": "1"}]}"#, "$.rules[0].share", "a number", #""1""#),
        (#"{"rules": [{"name": "a", "isActive": 1}]}"#, "$.rules[0].isActive", "true or false", "1"),
        (#"{"rules": [{"name": "a", "tags": ["a", null]}]}"#, "$.rules[0].tags[1]", "a string", "null"),
        (#"{"rules": [{"name": "a", "odd": {"it's": [1, "x"]}}]}"#, #"$.rules[0].odd['it\'s'][1]"#, whole, #""x""#),
        (#"{"rules": [{"name": "a", "odd": {"\n": 1}}]}"#, #"$.rules[0].odd['\u000a']"#, "an array", "1"),
        (#"{"rules": [{"name": "a", "numbered": {"1": 7}}]}"#, "$.rules[0].numbered['1']", "true or false", "7"),
        // Numbers that do not fit.
        (#"{"rules": [{"name": "a", "count": 1.5}]}"#, "$.rules[0].count", whole, "1.5"),
        (#"{"rules": [{"name": "a", "count": 1e400}]}"#, "$.rules[0].count", int64, "1e400"),
        (
            #"{"rules": [{"name": "a", "count": 9223372036854775808}]}"#, "$.rules[0].count", int64,
            "9223372036854775808"
        ),
        (
            #"{"rules": [{"name": "a", "count": -9223372036854775809}]}"#, "$.rules[0].count", int64,
            "-9223372036854775809"
        ),
        (#"{"rules": [{"name": "a", "small": 256}]}"#, "$.rules[0].small", "a whole number from 0 to 255", "256"),
        (#"{"rules": [{"name": "a", "small": -1}]}"#, "$.rules[0].small", "a whole number from 0 to 255", "-1"),
        (#"{"rules": [{"name": "a", "maybe": [null, 0.1]}]}"#, "$.rules[0].maybe[1]", whole, "0.1"),
        (
            #"{"rules": [{"name": "a", "share": 1e400}]}"#, "$.rules[0].share",
            "a number within the range of binary floating point", "1e400"
        ),
        (
            #"{"rules": [{"name": "a"}, {"name": "b", "benefit": {"best": {"of": [{"percent": {"_0": 12.5}}]}}}]}"#,
            "$.rules[1].benefit.best.of[0].percent._0", whole, "12.5"
        ),
        // Cases of enums.
        (#"{"rules": [{"name": "a", "channel": "wbe"}]}"#, "$.rules[0].channel", #"one of "web", "app""#, #""wbe""#),
        (#"{"rules": [{"name": "a", "channel": 1}]}"#, "$.rules[0].channel", "a string", "1"),
        (#"{"rules": [{"name": "a", "level": 3}]}"#, "$.rules[0].level", "one of the known values", "3"),
        (
            #"{"rules": [{"name": "a", "benefit": {"percnt": {"_0": 1}}}]}"#, "$.rules[0].benefit",
            "exactly one of the known keys", "percnt"
        ),
        (
            #"{"rules": [{"name": "a", "benefit": {"percent": {"_0": 1}, "amount": {}}}]}"#, "$.rules[0].benefit",
            "exactly one of the known keys", "percent, amount"
        ),
        (
            #"{"rules": [{"name": "a", "benefit": {}}]}"#, "$.rules[0].benefit", "exactly one of the known keys",
            "no key"
        ),
    ])
    func anUnexpectedValueIsToldInTheTermsOfJSON(text: String, path: String, expected: String, found: String) throws {
        let error = try refusal(of: text)
        #expect(error.problem == .unexpectedValue(expected: expected, found: found))
        #expect(error.path == path)
        #expect(error.description.hasPrefix("\(path) (line 1, column "))
        #expect(error.description.hasSuffix("): expected \(expected), found \(found)"))
    }

    @Test func aMissingKeyIsToldWithItsObject() throws {
        #expect(try refusal(of: "{}").description == "$ (line 1, column 1): the key rules is missing")
        let error = try refusal(of: "{\"rules\": [{\"name\": \"a\"},\n {}]}")
        #expect(error.problem == .missingKey("name"))
        #expect(error.description == "$.rules[1] (line 2, column 2): the key name is missing")
    }

    @Test func anUnknownKeyIsToldWithItsPlace() throws {
        #expect(
            try refusal(of: "{\"rules\": [{\"name\": \"a\",\n \"chanel\": \"web\"}]}").description
                == "$.rules[0].chanel (line 2, column 12): unknown key chanel; did you mean channel?"
        )
    }

    @Test func whatAValueRefusesItselfIsToldInItsWordsAndInOneLine() throws {
        #expect(
            try refusal(of: #"{"rules": [{"name": "a", "word": "b c"}]}"#)
                == JSONDocumentError(
                    .refused(reason: #"a word\u{A}has no spaces"#),
                    path: "$.rules[0].word",
                    position: JSONDocument.Position(line: 1, column: 34)
                )
        )
        #expect(
            try refusal(of: #"{"rules": [{"name": "a", "numbered": {"x": true}}]}"#).problem
                == .refused(reason: "the key must be a whole number")
        )
        let error = try refusal(of: #"{"rules": [], "budget": "1.0 EUR"}"#)
        #expect(error.path == "$.budget")
    }

    @Test func noMessageTellsOfSwift() throws {
        PropertyRun.check(300) { run in
            let values = ["1", "1.5", "null", "true", #""x""#, "[]", "{}", #"{"a": 1}"#, "[null]", "1e400"]
            let keys = Rule.CodingKeys.allCases.map(\.stringValue) + ["nmae"]
            let text = #"{"rules": [{"\#(run.element(of: keys))": \#(run.element(of: values)), "name": "a"}]}"#
            do throws(JSONDocumentError) {
                _ = try JSONDocument.decode(RuleFile.self, from: Array(text.utf8))
            } catch {
                let message = error.description
                for word in ["Optional", "Swift", "CodingKeys", "Dictionary", "Array<", "$s", "MarketplaceJSON", "\n"] {
                    #expect(!message.contains(word), "\(message)\n\(run.replay)")
                }
            }
        }
    }

    @Test func hugeKeysAndValuesGiveShortMessages() throws {
        let long = String(repeating: "\u{1F600}", count: 100_000)
        let key = try refusal(of: #"{"rules": [{"name": "a", "odd": {"\#(long)": 1}}]}"#)
        #expect(key.description.utf8.count < 1000)
        #expect(key.path.hasSuffix("…']"))
        let value = try refusal(of: #"{"rules": "\#(long)"}"#)
        #expect(value.description.utf8.count < 1000)
        let number = try refusal(of: #"{"rules": \#(String(repeating: "9", count: 100_000))}"#)
        #expect(number.description.utf8.count < 1000)
    }
}
