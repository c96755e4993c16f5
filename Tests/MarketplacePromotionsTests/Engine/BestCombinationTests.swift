import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// The combination that takes most off.
struct BestCombinationTests {
    private func policy(exactUpTo: Int, _ classes: [StackingProgram.ClassRule] = []) -> PricingPolicy {
        PricingPolicy(stacking: StackingProgram(classes: classes, selection: .best(exactUpTo: exactUpTo)))
    }

    private let basket = Basket(.usd, lines: [BasketLine("line", .usd(1_000))])

    private let shut = StackingRule(combinesWith: .nothing)

    @Test(arguments: [0, 12]) func aLaterPromotionThatTakesMoreOffLeavesOutAnEarlierOne(_ limit: Int) throws {
        let promotions = [
            Promotion("first", .percentOff(.percent(10)), stacking: shut),
            Promotion("better", .percentOff(.percent(20))), Promotion("third", .percentOff(.percent(10))),
        ]
        let priced = try basket.priced(with: promotions, at: .epoch, policy: policy(exactUpTo: limit))
        #expect(priced.applied.map(\.promotion) == ["better", "third"])
        #expect(priced.search?.candidates == 3)
        #expect(priced.search?.isExhaustive == (limit > 0))
        #expect(priced.outcome(of: "first")?.refusal == .doesNotCombine(with: "better"))
    }

    @Test func ofEqualCombinationsItIsTheOneWithTheEarlierPromotions() throws {
        let promotions = ["a", "b"].map { Promotion($0, .percentOff(.percent(10)), stacking: shut) }
        let priced = try basket.priced(with: promotions, at: .epoch, policy: policy(exactUpTo: 12))
        #expect(priced.applied.map(\.promotion) == ["a"])
    }

    @Test func aDiscountThatOthersBringWithinItsBudgetIsPartOfTheSearch() throws {
        let promotions = [
            Promotion("half", .percentOff(.percent(50))),
            Promotion("fifth", .percentOff(.percent(20)), limits: PromotionLimits(budget: .usd(150))),
        ]
        let priced = try basket.priced(with: promotions, at: .epoch, policy: policy(exactUpTo: 12))
        #expect(priced.totals.discount == .usd(600))
    }

    @Test func unitsThatOthersBringToALineWithSomethingToTakeOffArePartOfTheSearch() throws {
        let basket = Basket(.usd, lines: [BasketLine("cheap", .usd(40)), BasketLine("dear", .usd(100))])
        let promotions = [
            Promotion("free", .percentOff(.whole), lines: .lines(["cheap"])),
            Promotion("fifty", .priceEachUnit(.usd(50)), units: .cheapest(1)),
        ]
        let priced = try basket.priced(with: promotions, at: .epoch, policy: policy(exactUpTo: 12))
        #expect(priced.totals.discount == .usd(90))
    }

    @Test func whereNotAllCombinationsAreTriedTheBestOfAClassIsFoundAsItIsInOrder() throws {
        let promotions = [
            Promotion(
                "a",
                .percentOff(.percent(10)),
                stacking: StackingRule(.product, combinesWith: .classes([.order]))
            ),
            Promotion(
                "b",
                .percentOff(.percent(20)),
                stacking: StackingRule(.product, combinesWith: .classes([.order]))
            ),
            Promotion("c", .percentOff(.percent(5)), stacking: StackingRule(.order)),
        ]
        let policy = policy(exactUpTo: 0, [.best(.product), .all(.order)])
        let priced = try basket.priced(with: promotions, at: .epoch, policy: policy)
        #expect(priced.applied.map(\.promotion) == ["b", "c"])
    }

    @Test func aPromotionWhoseConditionFailsIsNoCandidateWhateverOthersTakeOff() throws {
        var policy = policy(exactUpTo: 1)
        policy.conditionBase = .remainingPrice
        let promotions = [
            Promotion("ten", .percentOff(.percent(10))), Promotion("members", .percentOff(.percent(10)), when: .member),
            Promotion(
                "never",
                .percentOff(.percent(10)),
                when: .any([.member, .all([.member, .total(.atMost(.usd(9)))])])
            ),
        ]
        let priced = try basket.priced(with: promotions, at: .epoch, policy: policy)
        #expect(priced.search?.candidates == 1)
        #expect(priced.search?.isExhaustive == true)
    }

    @Test func aLowerTierThatOthersBringIsPartOfTheSearch() throws {
        var policy = policy(exactUpTo: 12)
        policy.conditionBase = .remainingPrice
        var basket = basket
        basket.shipping = [ShippingCharge("air", .usd(100))]
        // From 10.00 on a percentage of lines that are not there, below that one of shipping.
        let tiers = BenefitTiers(
            by: .goodsTotal,
            [.init(from: 1_000, .percentOffOrder(.percent(50))), .init(from: 0, .shipping(.free))]
        )
        let promotions = [
            Promotion("ten", .percentOff(.percent(10))), Promotion("tiers", .tiers(tiers), lines: .lines([])),
        ]
        let priced = try basket.priced(with: promotions, at: .epoch, policy: policy)
        #expect(priced.totals.discount == .usd(200))
    }
}
