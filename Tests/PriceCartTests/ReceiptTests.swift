import MarketplaceCore
import PriceCartKit
import Testing

struct ReceiptTests {
    private func receipt(_ promotions: String, isExplained: Bool = false) throws -> [String] {
        let text = """
            {"time": "2026-03-14T12:00:00Z", "codes": ["TEN", "NONE"], "buyer": {"attributes": {"campus": "north"}},
             "cart": {"currency": "USD", "lines": [
               {"id": "pen", "unitPrice": "3.33 USD", "quantity": 3, "seller": "acme", "tax": {"included": "25%"}},
               {"id": "ink", "unitPrice": "5.00 USD"}],
              "shipping": [{"id": "post", "price": "2.00 USD"}]},
             "promotions": [\(promotions)]}
            """
        return Receipt(
            try PriceCart(bytes: Array(text.utf8), name: "-", now: .epoch),
            isExplained: isExplained
        ).lines(width: 80)
    }

    private static let ten = """
        {"id": "ten", "codes": ["TEN"], "benefit": {"percentOff": {"percent": "10%"}}, "bearer": "sellers",
         "limits": {"total": 9, "budget": "100.00 USD"}}
        """

    @Test func unitsWithOtherDiscountsAreToldApart() throws {
        let lines = try receipt(Self.ten)
        #expect(lines.contains("pen              3    3.33 USD  9.99 USD  -1.00 USD  8.99 USD"))
        #expect(lines.contains("  ten            3                        -1.00 USD"))
        #expect(lines.contains("  = each of      1    3.33 USD            -0.34 USD  2.99 USD"))
        #expect(lines.contains("  = each of      2    3.33 USD            -0.33 USD  3.00 USD"))
        #expect(lines.contains("To pay       15.49 USD"))
    }

    @Test func whoBearsADiscountIsNamed() throws {
        let lines = try receipt(Self.ten)
        #expect(lines.contains("ten        TEN    1.50 USD  platform 0.50 USD, acme 1.00 USD"))
    }

    @Test func codesAndLimitsAreListed() throws {
        let lines = try receipt(Self.ten)
        #expect(lines.contains("TEN   brings ten"))
        #expect(lines.contains("NONE  unknown"))
        #expect(lines.contains("ten        by everyone                  1           9"))
        #expect(lines.contains("ten        of the budget in USD  1.50 USD  100.00 USD"))
    }

    @Test func whatNobodyAsksForIsCountedOnly() throws {
        let rules = """
            {"id": "old", "active": false, "benefit": {"shipping": "free"}},
            {"id": "big", "when": {"total": {"atLeast": "100.00 USD"}}, "benefit": {"shipping": "free"}}
            """
        let lines = try receipt(rules)
        #expect(lines.contains("big        needs at least 100.00 USD, the basket has 14.99 USD"))
        #expect(!lines.contains { $0.hasPrefix("old ") })
        #expect(lines.last == "1 more does not apply, as is usual; --explain says why.")
    }

    @Test func explainedEveryRefusalHasItsFacts() throws {
        let rules = """
            {"id": "old", "active": false, "benefit": {"shipping": "free"}},
            {"id": "big", "when": {"any": ["member", {"attribute": {"name": "campus", "anyOf": ["south"]}}]},
             "benefit": {"shipping": "free"}}
            """
        let lines = try receipt(rules, isExplained: true)
        #expect(lines.contains("old        it is not in use"))
        #expect(lines.contains("           inactive"))
        #expect(lines.contains("big        needs a member, or needs campus one of south, found north"))
        let facts = "none_holds (reasons [not_a_member, attribute (found north; name campus; wanted anyOf [south])])"
        let words = lines.drop { !$0.hasPrefix("big ") }.dropFirst().flatMap { $0.split(separator: " ") }
        #expect(words.joined(separator: " ").hasPrefix(facts))
    }

    @Test func explainedEveryDiscountHasItsPlaces() throws {
        let lines = try receipt(Self.ten, isExplained: true)
        #expect(lines.contains { $0.hasPrefix("  pen, 3 units") && $0.hasSuffix("1.00 USD") })
        #expect(lines.contains { $0.hasPrefix("  ink, 1 unit ") && $0.hasSuffix("0.50 USD") })
    }

    @Test func noControlCharacterReachesTheTerminal() throws {
        let lines = try receipt(#"{"id": "a\u001b[31m", "benefit": {"percentOff": {"percent": "10%"}}}"#)
        #expect(!lines.joined().unicodeScalars.contains("\u{1B}"))
    }
}
