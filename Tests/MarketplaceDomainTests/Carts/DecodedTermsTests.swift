import Foundation
import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

/// Terms that are read from a file are checked like those that are made.
@Suite struct DecodedTermsTests {
    private static func decoded<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    @Test func aRuleWhoseMostIsBelowItsFewestIsNotDecoded() throws {
        for text in [
            #"{"minimum": 6, "maximum": 5, "step": 1}"#, #"{"minimum": 0}"#, #"{"step": 0}"#, #"{"step": -1}"#,
        ] {
            #expect(throws: DecodingError.self, "\(text)") { try Self.decoded(QuantityRule.self, text) }
        }
        let rule = try #require(QuantityRule(minimum: .units(6), maximum: .units(24), step: .units(6)))
        let data = try JSONEncoder().encode(rule)
        #expect(try JSONDecoder().decode(QuantityRule.self, from: data) == rule)
        #expect(try Self.decoded(QuantityRule.self, "{}") == .any)
    }

    @Test func termsOfSettlementAndReturnsAreCheckedWhenTheyAreDecoded() throws {
        let reserve = PayoutTerms(reserve: .percent(10), reserveFor: .days(1))
        let stored = try #require(String(bytes: JSONEncoder().encode(reserve), encoding: .utf8))
        #expect(try Self.decoded(PayoutTerms.self, stored) == reserve)
        for (from, to) in [("86400", "-1"), (#""10%""#, #""101%""#), (#""10%""#, #""-1%""#)] {
            let bad = stored.replacingOccurrences(of: from, with: to)
            #expect(bad != stored, "\(stored)")
            #expect(throws: DecodingError.self, "\(bad)") { try Self.decoded(PayoutTerms.self, bad) }
        }
        #expect(throws: DecodingError.self) {
            try Self.decoded(ReturnTerms.self, #"{"withdrawalSeconds": -1, "claimSeconds": 1}"#)
        }
        let hold = #"{"commissions": {"rules": []}, "taxRemitter": "seller", "holdBackSeconds": -5}"#
        #expect(throws: DecodingError.self) { try Self.decoded(SettlementTerms.self, hold) }
        #expect(try Self.decoded(SettlementTerms.self, hold.replacing("-5", with: "5")).holdBackSeconds == 5)
    }

    @Test func aSettledLineIsOfAsManyUnitsInAllItsAmounts() throws {
        let line = try OrderSettlementTests.line()
        let stored = try #require(String(bytes: JSONEncoder().encode(line), encoding: .utf8))
        #expect(try Self.decoded(SettledLine.self, stored) == line)
        let bad = stored.replacing(#""units":3"#, with: #""units":4"#)
        #expect(throws: DecodingError.self) { try Self.decoded(SettledLine.self, bad) }
    }
}
