import Foundation
import MarketplaceCore
import MarketplaceJSON
import TestSupport
import Testing

struct JSONDocumentTests {
    private func nested(_ depth: Int) -> [UInt8] {
        Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }

    /// Arrays within each other, however many.
    private indirect enum Nest: Codable, Hashable {
        case nests([Nest])

        init(from decoder: any Decoder) throws {
            self = .nests(try decoder.singleValueContainer().decode([Nest].self))
        }

        func encode(to encoder: any Encoder) throws {
            guard case .nests(let nests) = self else { return }
            var container = encoder.singleValueContainer()
            try container.encode(nests)
        }
    }

    @Test func integersAreExactOverTheirWholeRange() throws {
        for text in ["[9223372036854775807]", "[9223372036854775807]\n", "[ 9223372036854775807 ]"] {
            #expect(try JSONDocument.decode([Int64].self, from: Array(text.utf8)) == [.max])
        }
        #expect(try JSONDocument.decode([Int64].self, from: Array("[-9223372036854775808]".utf8)) == [.min])
        #expect(try JSONDocument.decode([UInt64].self, from: Array("[18446744073709551615]".utf8)) == [.max])
        PropertyRun.check(1000) { run in
            let number = run.integer()
            let read = try JSONDocument.decode(Int64.self, from: Array("\(number)".utf8))
            #expect(read == number, run.replay)
        }
    }

    @Test func wholeNumbersMayBeWrittenWithAPointOrAnExponent() throws {
        let text = "[1.0, 1e2, 1E+2, 10e-1, -0, -0.0, 9007199254740993.0, 9007199254740.991e3]"
        #expect(
            try JSONDocument.decode([Int64].self, from: Array(text.utf8))
                == [1, 100, 100, 1, 0, 0, 9_007_199_254_740_993, 9_007_199_254_740_991]
        )
    }

    @Test(arguments: [
        "0.99999999999999999999", "-1.00000000000000000000000001", "1e-400", "-1e-9223372036854775809",
        "0.1e-9223372036854775808", "10.000000000000000000001e1", "4503599627370496.1e0", "100000000000000000001e-20",
        "9007199254740992.5", "9007199254740993.1e0", "1152921504606846977.0000000000000000000000000000000000000001",
    ])
    func noNumberIsRoundedToAWholeOne(text: String) {
        #expect(throws: JSONDocumentError.self) { try JSONDocument.decode(Int64.self, from: Array(text.utf8)) }
    }

    @Test func anIntegerIsReadAsWhatItSaysOrNotAtAll() {
        PropertyRun.check(3000) { run in
            let zeros = String(repeating: "0", count: run.natural(through: 30))
            let digits = String(run.integer().magnitude) + run.element(of: ["", zeros, zeros + "1"])
            let point = run.natural(through: digits.utf8.count - 1)
            let power = run.natural(through: 40) - 20
            let number = "\(digits.dropLast(point))\(point > 0 ? "." : "")\(digits.suffix(point))"
            let text = "\(number)\(run.element(of: ["e", "E"]))\(power)"
            guard number.utf8.first != UInt8(ascii: "0") || number.utf8.dropFirst().first == UInt8(ascii: "."),
                let read = try? JSONDocument.decode(Int64.self, from: Array(text.utf8))
            else { return }
            // The same number as digits with a power of ten.
            let significant = String(digits.drop { $0 == "0" })
            let end = significant.reversed().prefix { $0 == "0" }.count
            let scale = power - point + end
            #expect(scale >= 0 || significant.isEmpty, "\(text) \(run.replay)")
            let whole = significant.dropLast(end) + String(repeating: "0", count: max(0, scale))
            #expect(String(read) == (significant.isEmpty ? "0" : whole), "\(text) \(run.replay)")
        }
    }

    @Test func whateverDoubleIsWrittenIsReadAgain() throws {
        let edges: [Double] = [
            0, -0.0, 1, 0.1, 1e-300, .leastNonzeroMagnitude, 1.7976931348623157e308, 9_007_199_254_740_991,
            9_007_199_254_740_992,
            1.152921504606847e18, 123_456_789.125,
        ]
        #expect(try JSONDocument.decode([Double].self, from: JSONDocument.encode(edges)) == edges)
        PropertyRun.check(2000) { run in
            let number = Double(bitPattern: run.generator.next())
            guard number.isFinite else { return }
            let whole = Double(run.integer())
            let read = try JSONDocument.decode([Double].self, from: JSONDocument.encode([number, whole]))
            #expect(read == [number, whole], run.replay)
        }
    }

    @Test func theSizeIsLimited() throws {
        let limits = JSONDocument.Limits(maximumBytes: 4)
        #expect(try JSONDocument.decode(Int.self, from: Array("1234".utf8), limits: limits) == 1234)
        #expect(throws: JSONDocumentError(.tooLarge(byteCount: 5, maximum: 4))) {
            try JSONDocument.decode(Int.self, from: Array("12345".utf8), limits: limits)
        }
        #expect(throws: JSONDocumentError(.tooLarge(byteCount: (1 << 20) + 1, maximum: 1 << 20))) {
            try JSONDocument.decode(Int.self, from: [UInt8](repeating: 0x20, count: (1 << 20) + 1))
        }
    }

    @Test func theDepthIsLimited() throws {
        _ = try JSONDocument.decode(Nest.self, from: nested(64))
        let error = try #require(
            thrownError { () throws(JSONDocumentError) in _ = try JSONDocument.decode(Nest.self, from: nested(65)) }
        )
        #expect(error.problem == .tooDeep(maximum: 64))
        #expect(error.position == JSONDocument.Position(line: 1, column: 65))
        // Brackets in strings do not count, and neither do closed ones.
        let brackets =
            "[" + String(repeating: "\"[[[[\\\"[[[[\",", count: 100) + String(repeating: "[],", count: 100) + "1]"
        _ = try JSONDocument.decode(Bag.self, from: Array(brackets.utf8))
        let flat = JSONDocument.Limits(maximumDepth: 1)
        #expect(throws: JSONDocumentError.self) { try JSONDocument.decode(Nest.self, from: nested(2), limits: flat) }
        #expect(throws: JSONDocumentError.self) {
            try JSONDocument.decode(Nest.self, from: [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20))
        }
    }

    @Test func theDeepestDocumentFitsTheSmallestStackOfAThread() async throws {
        let bytes = nested(JSONDocument.Limits.default.maximumDepth)
        let isRead = await withCheckedContinuation { continuation in
            let thread = Thread {
                continuation.resume(returning: (try? JSONDocument.decode(Nest.self, from: bytes)) != nil)
            }
            thread.stackSize = 512 * 1024
            thread.start()
        }
        #expect(isRead)
    }

    @Test func aRunOfCombiningMarksIsRefusedBeforeItIsCompared() throws {
        let maximum = JSONDocument.Limits.maximumMarks
        func text(_ count: Int) -> String { "a" + String(repeating: "\u{301}", count: count) }
        _ = try JSONDocument.decode([String].self, from: Array(#"["\#(text(maximum))\#(text(maximum))"]"#.utf8))
        let long = text(200_000)
        let escaped = "a" + String(repeating: #"\u0323\u0301"#, count: 50_000)
        for json in [
            #"{"\#(text(maximum + 1))": 1}"#, #"{"\#(long)": 1}"#, #"{"a": "\#(long)"}"#, #"{"\#(escaped)": 1}"#,
        ] {
            let error = thrownError { () throws(JSONDocumentError) in
                _ = try JSONDocument.decode(RuleFile.self, from: Array(json.utf8))
            }
            #expect(error?.problem == .tooManyMarks(maximum: maximum))
        }
    }

    @Test func equalValuesGiveEqualBytes() throws {
        let names = (0..<50).map { "name-\($0)" }
        let one = Dictionary(uniqueKeysWithValues: names.map { ($0, 1) })
        let other = Dictionary(uniqueKeysWithValues: names.reversed().map { ($0, 1) })
        #expect(try JSONDocument.encode(one) == JSONDocument.encode(other))
        let value = ["b/c": [1, 2], "a": []]
        #expect(try String(decoding: JSONDocument.encode(value), as: UTF8.self) == #"{"a":[],"b/c":[1,2]}"#)
        let pretty = "{\n  \"a\" : [\n\n  ],\n  \"b/c\" : [\n    1,\n    2\n  ]\n}\n"
        #expect(try String(decoding: JSONDocument.encode(value, layout: .pretty), as: UTF8.self) == pretty)
    }

    @Test func whateverIsWrittenIsReadAgain() {
        PropertyRun.check(300) { run in
            var rule = Rule(name: "a\u{0}\n\u{1F600}\u{2028}/\"\\\(run.natural(through: 9))")
            rule.count = run.integer()
            rule.odd = ["it's \u{E9}": [Int(run.integer())]]
            rule.channel = run.element(of: [.web, .app, nil])
            rule.benefit = .best(of: [.percent(Int(run.integer())), .amount(Money(minorUnits: run.integer(), .eur))])
            let file = RuleFile(rules: [rule], budget: Money(minorUnits: run.integer(), .krw))
            for layout in [JSONDocument.Layout.compact, .pretty] {
                let bytes = try JSONDocument.encode(file, layout: layout)
                #expect(try JSONDocument.decode(RuleFile.self, from: bytes) == file, run.replay)
            }
        }
    }

    @Test func aValueThatHasNoFormIsToldWithItsPath() throws {
        let error = try #require(
            thrownError { () throws(JSONDocumentError) in _ = try JSONDocument.encode(["share": [0, Double.infinity]]) }
        )
        #expect(error.path == "$.share[1]")
        #expect(error.position == nil)
        #expect(!error.description.contains("Optional"))
    }

    @Test func randomTextsNeverTrap() {
        PropertyRun.check(2000) { run in
            let alphabet = Array(#"{}[]",:0123456789eE+-.truefalsn\u "#.utf8) + [0xC3, 0xA9, 0xFF, 0]
            let bytes = (0..<run.natural(through: 40)).map { _ in run.element(of: alphabet) }
            _ = try? JSONDocument.decode(RuleFile.self, from: bytes)
            _ = try? JSONDocument.decode([Int64].self, from: bytes)
        }
    }

    @Test func aChangedDocumentIsReadOrRefusedAtAPlaceWithinIt() throws {
        var rule = Rule(name: "a")
        rule.benefit = .best(of: [.percent(5), .amount(Money(minorUnits: 100, .eur))])
        rule.odd = ["x y": [1, 2]]
        let bytes = try JSONDocument.encode(RuleFile(rules: [rule, rule]), layout: .pretty)
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        PropertyRun.check(1000) { run in
            var changed = bytes
            changed[run.natural(through: bytes.count - 1)] = run.element(of: Array(#"{}[]",:0e-\x"#.utf8))
            do throws(JSONDocumentError) {
                _ = try JSONDocument.decode(RuleFile.self, from: changed)
            } catch {
                #expect(error.path.hasPrefix("$"))
                #expect((1...lines).contains(error.position?.line ?? 0), run.replay)
            }
        }
    }
}

/// An array of anything.
private struct Bag: Decodable {
    init(from decoder: any Decoder) throws {
        _ = try decoder.unkeyedContainer()
    }
}
