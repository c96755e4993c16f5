import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// Units that one promotion has used, and what that leaves for another.
struct ConsumptionTests {
    private let policy = PricingPolicy(consumption: .everyUse)

    @Test func unitsThatWereBoughtForAPromotionCountToWhatItsConditionAskedFor() throws {
        let basket = Basket(
            .usd,
            lines: [
                BasketLine("dear", .usd(900), quantity: .units(3)), BasketLine("cheap", .usd(100), quantity: .units(3)),
            ]
        )
        let offer = BuyGet(buy: 2, of: .lines(["dear"]), get: 1, of: .lines(["dear"]), repeats: 1)
        let promotion = Promotion("third", .buyGet(offer), when: .quantity(.atLeast(4)), consumes: .qualifying)
        let priced = try basket.priced(with: [promotion], at: .epoch, policy: policy)
        // One is got and two are bought of the dear ones; of the four that were asked for one is missing.
        #expect(priced.applied.first?.lines.map(\.units) == [1])
        #expect(priced.applied.first?.bought.map(\.line) == ["dear", "cheap"])
        #expect(priced.applied.first?.bought.map(\.units) == [2, 1])
    }

    @Test(arguments: [Int.min, -1, 0]) func aConditionThatAsksForLessThanOneUnitUsesUpNone(_ bound: Int) throws {
        let basket = Basket(.usd, lines: [BasketLine("line", .usd(900), quantity: .units(3))])
        let promotion = Promotion(
            "half",
            .percentOff(.percent(50)),
            when: .quantity(.atLeast(bound)),
            units: .cheapest(1),
            consumes: .qualifying
        )
        let priced = try basket.priced(with: [promotion], at: .epoch, policy: policy)
        #expect(priced.applied.first?.bought == [])
    }
}
