import Foundation
import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct CommissionRuleTests {
    @Test func rulesAreReadFromTheirDocumentedFormAndWrittenBack() throws {
        let text = """
            {"selection": "mostSpecific", "taxRate": "19%", "rules": [
              {"id": "cameras", "match": {"category": ["cameras"]}, "percent": "8%", "floor": {"EUR": 50},
               "cap": {"EUR": 2000}},
              {"id": "books", "match": {"product": ["a", "b"], "seller": ["s"]}, "flatPerUnit": {"EUR": 30}},
              {"id": "default", "percent": "12.5%", "base": "gross", "includesDelivery": true}]}
            """
        let rules = try JSONDecoder().decode(CommissionRules.self, from: Data(text.utf8))
        #expect(rules.rules.map(\.id) == ["cameras", "books", "default"])
        #expect(rules.taxRate == .percent(19))
        #expect(rules.rules[0].cap[.eur] == 2000)
        #expect(rules.rules[2].fee == .percent(.basisPoints(1250), of: .gross))
        #expect(try JSONDecoder().decode(CommissionRules.self, from: JSONEncoder().encode(rules)) == rules)
    }

    @Test(arguments: [
        #"{"id": "a"}"#, #"{"id": "a", "percent": "1%", "flatPerUnit": {"EUR": 1}}"#,
        #"{"id": "a", "percent": "-1%"}"#, #"{"id": "a", "flatPerUnit": {"EUR": -1}}"#,
        #"{"id": "a", "percent": "1%", "flor": {"EUR": 1}}"#, #"{"id": "a", "flatPerUnit": {"XXQ": 1}}"#,
        #"{"id": "a", "flatPerLine": {"EUR": 1}, "base": "net"}"#, #"{"id": "", "percent": "1%"}"#,
    ])
    func aRuleThatSaysNothingOrTooMuchIsRefused(_ text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(CommissionRule.self, from: Data(text.utf8))
        }
    }

    @Test func theCapIsStrongerThanTheFloor() throws {
        let rule = try CommissionRule(
            "a",
            fee: .percent(.percent(10), of: .net),
            floor: CurrencyAmounts(Money(minorUnits: 50, .eur)),
            cap: CurrencyAmounts(Money(minorUnits: 40, .eur))
        )
        let basis = CommissionBasis(net: Money(minorUnits: 100, .eur), grossMinor: 100, units: 1)
        #expect(try rule.amount(of: basis) == Money(minorUnits: 40, .eur))
    }

    @Test func ofTwoThatAreEquallySpecificTheOlderIsTakenThenTheFirst() throws {
        func rule(_ id: CommissionRuleID, _ at: Int64?) throws -> CommissionRule {
            try CommissionRule(
                id,
                for: CommissionFacts([.seller: ["s"]]),
                fee: .percent(.percent(1), of: .net),
                introducedAt: at.map(Timestamp.init(microsecondsSinceEpoch:))
            )
        }
        let facts = CommissionFacts([.seller: ["s"], .product: ["p"]])
        let aged = try CommissionRules(
            [rule("young", 9), rule("old", 3), rule("ageless", nil)],
            selection: .mostSpecific
        )
        #expect(aged.rule(for: facts)?.id == "old")
        let ageless = try CommissionRules([rule("first", nil), rule("second", nil)], selection: .mostSpecific)
        #expect(ageless.rule(for: facts)?.id == "first")
    }

    @Test func aFeeThatDoesNotFitIsATypedError() throws {
        let rule = try CommissionRule("a", fee: .flatPerUnit(CurrencyAmounts(Money(minorUnits: .max, .eur))))
        let basis = CommissionBasis(net: Money(minorUnits: 1, .eur), grossMinor: 1, units: 2)
        #expect(throws: CommissionError.self) { try rule.amount(of: basis) }
    }
}
