import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// What is wrong with a rule.
struct PromotionProblemTests {
    private func problem(_ benefit: PromotionBenefit) -> PromotionProblem? { Promotion("it", benefit).problem() }

    private func problem(_ condition: PromotionCondition) -> PromotionProblem? {
        Promotion("it", .percentOff(.percent(10)), when: condition).problem()
    }

    private func outOfRange(_ number: Int64) -> PromotionProblem {
        .numberOutOfRange(number, minimum: 1, maximum: Int64(Quantity.maximum))
    }

    @Test func negativeAmountsAreRefusedWhereverTheyStand() {
        let negative = Money.usd(-1)
        let expected = PromotionProblem.negativeAmount(negative)
        let benefits: [PromotionBenefit] = [
            .percentOff(.percent(10), cap: negative), .amountOffEachUnit(negative), .amountOffEachLine(negative),
            .amountOffFirstUnit(.usd(1), furtherUnits: negative), .amountOffOrder(negative),
            .percentOffOrder(.percent(10), cap: negative), .priceEachUnit(negative), .priceOfOrder(negative),
            .bundlePrice(negative, units: 2), .buyGet(BuyGet(buy: 1, get: 1, reward: .amountOff(negative))),
            .buyGet(BuyGet(buy: 1, get: 1, reward: .price(negative))), .gift(Gift("gift", worth: negative)),
            .shipping(.amountOff(negative)), .shipping(.amountOffEach(negative)), .shipping(.price(negative)),
            .amountOffGoodsAndShipping(negative), .cataloguePrice(.amountOff(negative)),
            .cataloguePrice(.price(negative)),
            .tiers(BenefitTiers(by: .goodsTotal, [.init(from: 0, .amountOffOrder(negative))])),
        ]
        for benefit in benefits { #expect(problem(benefit) == expected) }
        #expect(problem(.total(.atLeast(negative))) == expected)
        #expect(problem(.quantity(.atLeast(1), of: .unitPrice(.atMost(negative)))) == expected)
        let promotion = Promotion("it", .percentOff(.percent(10)), limits: PromotionLimits(budget: negative))
        #expect(promotion.problem() == expected)
    }

    @Test(arguments: [Percentage.basisPoints(-1), .basisPoints(10_001)])
    func percentagesAreOfAWhole(_ percentage: Percentage) {
        let expected = PromotionProblem.percentageOutOfRange(percentage)
        let benefits: [PromotionBenefit] = [
            .percentOff(percentage), .percentOffOrder(percentage), .percentOffGoodsAndShipping(percentage),
            .shipping(.percentOff(percentage)), .cataloguePrice(.percentOff(percentage)),
            .buyGet(BuyGet(buy: 1, get: 1, reward: .percentOff(percentage))),
        ]
        for benefit in benefits { #expect(problem(benefit) == expected) }
        let promotion = Promotion("it", .percentOff(.whole), bearer: .shared(sellers: percentage))
        #expect(promotion.problem() == expected)
        #expect(problem(.percentOff(.zero)) == nil)
    }

    @Test(arguments: [0, -1, Int.min, Quantity.maximum + 1])
    func numbersOfUnitsAreThoseOfALine(_ units: Int) {
        let expected = outOfRange(Int64(units))
        #expect(problem(.bundlePrice(.usd(1), units: units)) == expected)
        #expect(problem(.bundlePrice(.usd(1), units: 1, repeats: units)) == expected)
        #expect(problem(.buyGet(BuyGet(buy: units, get: 1))) == expected)
        #expect(problem(.buyGet(BuyGet(buy: 1, get: units))) == expected)
        #expect(problem(.buyGet(BuyGet(buy: 1, get: 1, repeats: units))) == expected)
        #expect(Promotion("it", .percentOff(.whole), units: UnitPick(perOrder: units)).problem() == expected)
        #expect(Promotion("it", .percentOff(.whole), units: UnitPick(perLine: units)).problem() == expected)
    }

    @Test func limitsAreNotNegative() {
        let expected = PromotionProblem.numberOutOfRange(-1, minimum: 0, maximum: .max)
        let limits = [
            PromotionLimits(total: -1), PromotionLimits(perMember: -1),
            PromotionLimits(perAttribute: .init("campus", limit: -1)),
        ]
        for limits in limits { #expect(Promotion("it", .percentOff(.whole), limits: limits).problem() == expected) }
    }

    @Test func amountsAreInOneCurrency() {
        let expected = PromotionProblem.twoCurrencies(.usd, .krw)
        let won = Money(minorUnits: 1, .krw)
        #expect(problem(.amountOffFirstUnit(.usd(1), furtherUnits: won)) == expected)
        #expect(Promotion("it", .amountOffOrder(won), when: .total(.atLeast(.usd(1)))).problem() == expected)
    }

    @Test func tiersStartFromDifferentBoundsAndGiveSomethingPlain() {
        func found(_ tiers: [BenefitTiers.Tier], by measure: BenefitTiers.Measure = .goodsTotal) -> PromotionProblem? {
            problem(.tiers(BenefitTiers(by: measure, tiers)))
        }
        let plain = PromotionBenefit.percentOff(.percent(10))
        #expect(found([]) == .tiers)
        #expect(found([.init(from: 1, plain), .init(from: 1, plain)]) == .tiers)
        #expect(found([.init(from: -1, plain)]) == .numberOutOfRange(-1, minimum: 0, maximum: .max))
        let nested = PromotionBenefit.tiers(BenefitTiers(by: .goodsTotal, [.init(from: 0, plain)]))
        #expect(found([.init(from: 0, nested)]) == .benefitOfTier)
        #expect(found([.init(from: 0, .cataloguePrice(.amountOff(.usd(1))))]) == .benefitOfTier)
        #expect(found([.init(from: 0, .amountOffOrder(.usd(1)))], by: .lineTotal) == .benefitOfLineTier)
        #expect(found([.init(from: 0, plain)], by: .lineQuantity) == nil)
    }

    @Test func rangesAndPeriodsDoNotEndBeforeTheyBegin() {
        #expect(problem(.quantity(CountRange(atLeast: 2, atMost: 1))) == .emptyRange)
        #expect(problem(.quantity(.exactly(2))) == nil)
        #expect(problem(.total(AmountRange(atLeast: .usd(2), atMost: .usd(1)))) == .emptyRange)
        #expect(problem(.period(PromotionPeriod(from: .epoch, until: .epoch))) == .emptyRange)
        let period = PromotionPeriod(from: .distantFuture, until: .distantPast)
        #expect(Promotion("it", .percentOff(.whole), period: period).problem() == .emptyRange)
    }

    @Test func aRuleIsNotNestedDeeperNorLongerThanItMayBe() {
        let expected = PromotionProblem.tooComplex(
            maximumDepth: Promotion.maximumDepth,
            maximumParts: Promotion.maximumParts
        )
        func nested(_ depth: Int) -> PromotionCondition {
            (1..<depth).reduce(.always) { inner, _ in .not(inner) }
        }
        #expect(problem(nested(Promotion.maximumDepth)) == nil)
        #expect(problem(nested(Promotion.maximumDepth + 1)) == expected)
        // The filter of all lines and the benefit are parts too.
        let most = Promotion.maximumParts - 3
        #expect(problem(.groups((0..<most).map { "\($0)" })) == nil)
        #expect(problem(.groups((0...most).map { "\($0)" })) == expected)
    }

    @Test func aRuleWithAProblemIsNeverPriced() {
        let promotion = Promotion("it", .amountOffOrder(.usd(-1)), isActive: false)
        #expect(throws: PricingError.invalidPromotion("it", .negativeAmount(.usd(-1)))) {
            try Basket(.usd, lines: []).priced(with: [promotion], at: .epoch)
        }
    }
}
