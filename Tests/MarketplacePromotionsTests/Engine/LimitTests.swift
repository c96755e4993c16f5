import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// How often and for how much a promotion may be used, and who pays for it.
struct LimitTests {
    private let basket = Basket(
        .usd,
        lines: [
            BasketLine("a", .usd(1_000), seller: "s1"), BasketLine("b", .usd(330), seller: "s2"),
            BasketLine("c", .usd(700)),
        ]
    )

    private func priced(
        _ limits: PromotionLimits,
        used: PromotionUsage = PromotionUsage(),
        buyer: BuyerFacts = BuyerFacts(member: "m", attributes: ["campus": "seoul"]),
        _ policy: PricingPolicy = .standard
    ) throws -> PricedBasket {
        let promotion = Promotion("it", .percentOff(.percent(10)), limits: limits)
        return try basket.priced(with: [promotion], buyer: buyer, usage: ["it": used], at: .epoch, policy: policy)
    }

    @Test func theLastUseIsGivenAndTheNextRefused() throws {
        let limits = PromotionLimits(total: 5, perMember: 2, perAttribute: .init("campus", limit: 3))
        let last = try priced(limits, used: PromotionUsage(total: 4, byMember: 1, byAttribute: 2))
        #expect(
            last.claims.map(\.quota) == [.total, .member("m"), .attribute(name: "campus", value: "seoul")]
        )
        #expect(last.claims.map(\.amount) == [1, 1, 1])
        #expect(last.claims.map(\.limit) == [5, 2, 3])
        func refusal(_ used: PromotionUsage) throws -> PromotionRefusal? {
            try priced(limits, used: used).outcome(of: "it")?.refusal
        }
        #expect(try refusal(PromotionUsage(total: 5)) == .limitReached(.total, limit: 5, used: 5))
        #expect(try refusal(PromotionUsage(byMember: 2)) == .limitReached(.member("m"), limit: 2, used: 2))
        let campus = QuotaClaim.Quota.attribute(name: "campus", value: "seoul")
        #expect(try refusal(PromotionUsage(byAttribute: 3)) == .limitReached(campus, limit: 3, used: 3))
    }

    @Test func whoeverIsNotKnownCannotUseWhatIsLimitedForEach() throws {
        let member = try priced(PromotionLimits(perMember: 1), buyer: .unknown)
        #expect(member.outcome(of: "it")?.refusal == .buyerUnknown(attribute: nil))
        let campus = try priced(PromotionLimits(perAttribute: .init("campus", limit: 1)), buyer: .unknown)
        #expect(campus.outcome(of: "it")?.refusal == .buyerUnknown(attribute: "campus"))
    }

    @Test func aDiscountIsWithinWhatIsLeftOfTheBudgetAsAWhole() throws {
        let limits = PromotionLimits(budget: .usd(1_000))
        let last = try priced(limits, used: PromotionUsage(spentMinor: 797))
        #expect(last.claims == [QuotaClaim(promotion: "it", quota: .budget(.usd), amount: 203, limit: 1_000)])
        let refusal = PromotionRefusal.budgetExhausted(limit: .usd(1_000), spentMinor: 798, wanted: .usd(203))
        #expect(try priced(limits, used: PromotionUsage(spentMinor: 798)).outcome(of: "it")?.refusal == refusal)
    }

    @Test func onlySharesThatAloneAreTooMuchAreLeftOutWherePolicySaysSo() throws {
        let policy = PricingPolicy(budgetCheck: .eachShare)
        // Shares of 1.00, 0.33 and 0.70, the last two of which are more than 0.99 together.
        let priced = try priced(PromotionLimits(budget: .usd(99)), policy)
        #expect(priced.lines.map(\.discount) == [.usd(0), .usd(33), .usd(70)])
    }

    @Test func aPromotionWithoutLimitsClaimsNothing() throws {
        #expect(try priced(.none).claims.isEmpty)
    }

    @Test func sellersBearTheirPartOfWhatIsTakenOffTheirGoods() throws {
        func costs(_ bearer: CostBearer) throws -> [Int64] {
            let promotion = Promotion("it", .percentOff(.percent(10)), bearer: bearer)
            let costs = try #require(try basket.priced(with: [promotion], at: .epoch).applied.first?.costs)
            return [nil, "s1", "s2"].map { seller in
                costs.first { $0.seller == seller }?.amount.minorUnits ?? 0
            }
        }
        #expect(try costs(.platform) == [203, 0, 0])
        #expect(try costs(.sellers) == [70, 100, 33])
        // Half of 33 is rounded down for the seller, and the platform has the rest.
        #expect(try costs(.shared(sellers: .percent(50))) == [137, 50, 16])
    }
}
