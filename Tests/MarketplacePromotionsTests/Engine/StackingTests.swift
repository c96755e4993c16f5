import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// Which promotions apply together, and in which order.
struct StackingTests {
    private let basket = Basket(.usd, lines: [BasketLine("line", .usd(1_000))])

    @Test func anExclusivePromotionNeedsACodeThatMayStillBeUsedToo() throws {
        let alone = Promotion(
            "alone",
            .percentOff(.percent(50)),
            codes: ["A"],
            stacking: StackingRule(isExclusive: true)
        )
        let policy = PricingPolicy(stacking: StackingProgram(maximumCodes: 0))
        let priced = try basket.priced(with: [alone], codes: ["A"], at: .epoch, policy: policy)
        #expect(priced.outcome(of: "alone")?.refusal == .tooManyCodes(maximum: 0))
    }
}
