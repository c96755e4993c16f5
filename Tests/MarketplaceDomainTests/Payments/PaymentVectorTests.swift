import Foundation
import MarketplaceCore
import MarketplaceDomain
import Testing

/// Captures and refunds as another engine publishes them.
@Suite struct PaymentVectorTests {
    struct Case: Decodable, CustomTestStringConvertible {
        struct Step: Decodable {
            var name: String
            var amount: Int64?

            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                name = try container.decode(String.self)
                amount = container.isAtEnd ? nil : try container.decode(Int64.self)
            }
        }

        struct Expected: Decodable {
            var captured: Int64?
            var refunded: Int64?
            var error_at: Int?
        }

        var id: String
        var authorized: Int64
        var ops: [Step]
        var expected: Expected

        var testDescription: String { id }
    }

    static func cases() throws -> [Case] {
        struct Group: Decodable {
            var cases: [Case]
        }
        let url = try #require(
            Bundle.module.url(forResource: "payment-capture-refund", withExtension: "json", subdirectory: "Vectors")
        )
        return try JSONDecoder().decode(Group.self, from: Data(contentsOf: url)).cases
    }

    @Test(arguments: try cases())
    func thePublishedAmountsComeOut(_ published: Case) throws {
        var payment = try PaymentTests.authorized(published.authorized)
        var failedAt: Int?
        for (index, step) in published.ops.enumerated() {
            let key = try IdempotencyKey("step \(index)")
            let amount = step.amount.map(Example.won)
            do {
                switch step.name {
                case "capture": try payment.perform(.capture(key: key, amount: amount), by: .system)
                case "cancel": try payment.perform(.void, by: .system)
                case "refund":
                    try payment.perform(.initiateRefund(key: key, amount: amount), by: .system)
                    try payment.perform(.completeRefund(key: key), by: .system)
                default: Issue.record("an unknown step \(step.name)")
                }
            } catch is PaymentRejection {
                failedAt = index
                break
            }
        }
        #expect(failedAt == published.expected.error_at)
        let amounts = try #require(payment.amounts)
        if let captured = published.expected.captured { #expect(amounts.captured == Example.won(captured)) }
        if let refunded = published.expected.refunded { #expect(amounts.refunded == Example.won(refunded)) }
    }
}
