import Foundation
import TestSupport
import Testing

@testable import MarketplaceCore

private struct Rebate: Decodable, Hashable {
    var percent: Int
    var title: String?
    var nested: [Rebate]?

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        percent = try container.decode(Int.self, forKey: .percent)
        title = try container.decodeIfPresent(String.self, forKey: .title)
        nested = try container.decodeIfPresent([Rebate].self, forKey: .nested)
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case percent
        case title
        case nested
    }
}

struct DecoderKnownKeysTests {
    /// The path and the words of the refusal of a text.
    private func refusal(of json: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
        do {
            _ = try JSONDecoder().decode(Rebate.self, from: Data(json.utf8))
        } catch DecodingError.dataCorrupted(let context) {
            return context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue } + [
                context.debugDescription
            ]
        }
        Issue.record("nothing was refused", sourceLocation: sourceLocation)
        return []
    }

    @Test func knownKeysPass() throws {
        let json = #"{"percent": 10, "title": "x", "nested": [{"percent": 1}]}"#
        #expect(try JSONDecoder().decode(Rebate.self, from: Data(json.utf8)).nested?.count == 1)
    }

    @Test func aMisspeltKeyIsNamedWithTheOneThatWasMeant() throws {
        #expect(try refusal(of: #"{"percnt": 10}"#) == ["percnt", "unknown key percnt; did you mean percent?"])
        #expect(
            try refusal(of: #"{"percent": 1, "nested": [{"percent": 1}, {"Percent": 2}]}"#)
                == ["nested", "1", "Percent", "unknown key Percent; did you mean percent?"]
        )
    }

    @Test func aKeyLikeNoOtherIsToldWithAllTheKnownOnes() throws {
        #expect(
            try refusal(of: #"{"percent": 10, "colour": "red"}"#)
                == ["colour", "unknown key colour; the known keys are percent, title and nested"]
        )
    }

    @Test func ofSeveralUnknownKeysTheFirstByItsBytesIsTold() throws {
        for _ in 0..<20 {
            #expect(try refusal(of: #"{"zeta": 1, "beta": 1, "alpha": 1, "percent": 1}"#).first == "alpha")
        }
    }

    @Test func anythingButAnObjectIsAWrongType() {
        #expect {
            try JSONDecoder().decode(Rebate.self, from: Data("[1]".utf8))
        } throws: { error in
            guard case DecodingError.typeMismatch = error else { return false }
            return true
        }
    }

    @Test func theKeysOfOneCaseCanBeGivenByName() throws {
        struct Coin: Decodable {
            init(from decoder: any Decoder) throws { try decoder.refuseUnknownKeys(besides: ["side"]) }
        }
        _ = try JSONDecoder().decode(Coin.self, from: Data(#"{"side": 1}"#.utf8))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Coin.self, from: Data(#"{"edge": 1}"#.utf8))
        }
        #expect(UnknownKeyWords.sentence(for: "edge", known: ["side"]) == "unknown key edge; the one known key is side")
        #expect(UnknownKeyWords.sentence(for: "edge", known: []) == "unknown key edge; no key is known here")
    }

    @Test func aKeyOfAnyLengthAndContentGivesOneShortLine() {
        let keys = [String(repeating: "a", count: 1_000_000), "a\nb\u{0}\u{2028}\u{202E}\"\\", "\u{1F600}", ""]
        for key in keys {
            let sentence = UnknownKeyWords.sentence(for: key, known: ["percent", "title"])
            #expect(sentence.utf8.count < 200)
            #expect(sentence.split(whereSeparator: \.isNewline).count == 1)
        }
        let words = UnknownKeyWords.sentence(for: keys[1], known: ["percent", "title"])
        let name = #""a\u{A}b\u{0}\u{2028}\u{202E}\"\\""#
        #expect(words == "unknown key \(name); the known keys are percent and title")
    }
}
