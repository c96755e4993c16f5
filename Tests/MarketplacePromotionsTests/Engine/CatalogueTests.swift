import MarketplaceCore
import MarketplacePromotions
import Testing

/// Prices of the catalogue, before every other promotion.
struct CatalogueTests {
    private let basket = Basket(.usd, lines: [BasketLine("one", .usd(1_000)), BasketLine("other", .usd(300))])

    private func sale(budget: Int64) -> Promotion {
        Promotion("sale", .cataloguePrice(.percentOff(.percent(50))), limits: PromotionLimits(budget: .usd(budget)))
    }

    @Test func aPriceOfTheCatalogueIsKeptWithinItsBudget() throws {
        let priced = try basket.priced(with: [sale(budget: 649)], at: .epoch)
        let refusal = PromotionRefusal.budgetExhausted(limit: .usd(649), spentMinor: 0, wanted: .usd(650))
        #expect(priced.outcome(of: "sale")?.refusal == refusal)
        #expect(priced.totals.total == .usd(1_300))
        #expect(try basket.priced(with: [sale(budget: 650)], at: .epoch).totals.total == .usd(650))
    }

    @Test func aShareThatAloneIsMoreThanTheBudgetIsLeftOutWherePolicySaysSo() throws {
        let policy = PricingPolicy(budgetCheck: .eachShare)
        let priced = try basket.priced(with: [sale(budget: 499)], at: .epoch, policy: policy)
        #expect(priced.lines.map(\.unitPrice) == [.usd(1_000), .usd(150)])
        let none = try basket.priced(with: [sale(budget: 149)], at: .epoch, policy: policy)
        let refusal = PromotionRefusal.budgetExhausted(limit: .usd(149), spentMinor: 0, wanted: .usd(500))
        #expect(none.outcome(of: "sale")?.refusal == refusal)
    }
}
