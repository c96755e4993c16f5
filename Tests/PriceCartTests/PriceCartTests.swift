import ExampleSupport
import Foundation
import MarketplaceCore
import MarketplaceJSON
import MarketplacePromotions
import PriceCartKit
import TestSupport
import Testing

struct PriceCartTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let now = Timestamp(microsecondsSinceEpoch: 1_773_457_200_000_000)

    private static func files(in folder: String) throws -> [URL] {
        let folder = root.appending(path: folder)
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
    }

    private static func price(_ text: String, policy: PricingPolicy? = nil) throws(PriceCartFailure) -> PriceCart {
        try PriceCart(bytes: Array(text.utf8), name: "cart.json", policy: policy, now: now)
    }

    private static let document = """
        {"cart": {"currency": "KRW", "lines": [{"id": "1", "unitPrice": "999 KRW", "quantity": 2}]},
         "promotions": [{"id": "a", "period": {"until": "2026-03-14T03:00:01Z"},
                         "benefit": {"percentOff": {"percent": "12.5%"}}}]}
        """

    @Test func everyExampleIsPricedTwiceInTheSameBytes() throws {
        let carts = try Self.files(in: "Examples/PriceCart/Carts")
        #expect(carts.count > 2)
        for cart in carts {
            let first = try PriceCart(path: cart.path, policy: nil, now: Self.now)
            let second = try PriceCart(path: cart.path, policy: nil, now: Self.now)
            #expect(try first.json() == second.json())
            #expect(first.pricing.totals.total.isPositive)
        }
    }

    @Test func everyPolicyThatComesWithItIsOne() throws {
        let policies = try Self.files(in: "Examples/PriceCart/Policies")
        #expect(!policies.isEmpty)
        for policy in policies {
            let cart = Self.root.appending(path: "Examples/PriceCart/Carts/spring.json").path
            let priced = try PriceCart(path: cart, policy: policy.path, now: Self.now)
            #expect(!PricingPolicy.named.contains { $0.value == priced.document.terms.policy }, "\(policy.path)")
        }
    }

    @Test func aDocumentWithoutATimeIsPricedNow() throws {
        #expect(try Self.price(Self.document).pricing.applied.count == 1)
        let later = Self.now.advanced(by: .seconds(1))
        let priced = try PriceCart(bytes: Array(Self.document.utf8), name: "cart.json", now: later)
        #expect(priced.pricing.applied.isEmpty)
    }

    @Test func anotherPolicyGoesBeforeTheDocuments() throws {
        #expect(try Self.price(Self.document).pricing.totals.goodsDiscount.description == "250 KRW")
        let policy = PricingPolicy(rounding: .down)
        #expect(try Self.price(Self.document, policy: policy).pricing.totals.goodsDiscount.description == "249 KRW")
    }

    @Test func theSchemaInTheGuidesIsWhatIsPrinted() throws {
        let file = Self.root.appending(path: "Docs/price-cart.schema.json")
        if ProcessInfo.processInfo.environment["MARKETPLACE_UPDATE_DOCS"] == "1" {
            try CartSchema.text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == CartSchema.text)
    }

    @Test(arguments: [
        (#"{"promotions": []}"#, "$ (line 1, column 1): the key cart is missing"),
        (
            #"{"cart": {"currency": "KRW", "lines": []}, "time": "now"}"#,
            "$.time (line 1, column 52): expected a time such as \"2026-03-01T00:00:00+09:00\", found \"now\": "
                + "a digit is missing, at byte 0"
        ),
        (
            #"{"cart": {"currency": "KRW", "lines": []}, "usage": {"": {}}}"#,
            "$.usage[''] (line 1, column 58): a key must not be empty"
        ),
        (
            #"{"cart": {"currency": "KRW", "lines": [{"id": "1", "unitPrice": "1 KRW", "tax": {"added": "-1%"}}]}}"#,
            "$.cart: 1 has a negative tax rate, -1%"
        ),
        (
            """
            {"cart": {"currency": "KRW", "lines": []}, "promotions": [
              {"id": "a", "benefit": {"amountOffEachUnit": "1 KRW"}, "limits": {"budget": "1.00 USD"}}]}
            """,
            "$.promotions[0]: promotion a: it has amounts in KRW and in USD"
        ),
    ])
    func aFailureIsOneLineWithThePlace(text: String, words: String) {
        let failure = thrownError { () throws(PriceCartFailure) in _ = try Self.price(text) }
        #expect(failure?.line == "cart.json: \(words)")
        #expect(failure?.code == .data)
    }

    @Test func tooMuchIsRefusedWithItsPlace() {
        let rule = #"{"id": "ID", "benefit": {"priceEachUnit": "1 KRW"}}"#
        let rules = (0...10_000).map { rule.replacing("ID", with: "\($0)") }.joined(separator: ",")
        let codes = (0...100).map { "\"C\($0)\"" }.joined(separator: ",")
        for (part, path) in [("promotions\": [\(rules)]", "promotions"), ("codes\": [\(codes)]", "codes")] {
            let text = #"{"cart": {"currency": "KRW", "lines": []}, ""# + part + "}"
            let failure = thrownError { () throws(PriceCartFailure) in _ = try Self.price(text) }
            #expect(failure?.line.hasPrefix("cart.json: $.\(path): ") == true, "\(failure?.line ?? "")")
        }
    }
}
