import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// Which promotions apply together, and in which order.
struct StackingTests {
    private let basket = Basket(.usd, lines: [BasketLine("line", .usd(1_000))])
    private let never = PromotionCondition.any([])

    private func priced(
        _ promotions: [Promotion],
        codes: [PresentedCode] = [],
        _ program: StackingProgram = StackingProgram()
    ) throws -> PricedBasket {
        try basket.priced(with: promotions, codes: codes, at: .epoch, policy: PricingPolicy(stacking: program))
    }

    private func percent(
        _ id: PromotionID,
        _ percent: Int64,
        code: CouponCode? = nil,
        when condition: PromotionCondition = .always,
        _ stacking: StackingRule = StackingRule()
    ) -> Promotion {
        let codes = code.map { [$0] }
        return Promotion(id, .percentOff(.percent(percent)), codes: codes, when: condition, stacking: stacking)
    }

    // MARK: - Exclusive promotions

    @Test func anExclusivePromotionThatAppliesLeavesNoOther() throws {
        let alone = percent("alone", 5, StackingRule(isExclusive: true))
        let priced = try priced([percent("more", 50), alone])
        #expect(priced.totals.discount == .usd(50))
        #expect(priced.outcome(of: "more")?.refusal == .excludedBy("alone"))
    }

    @Test func ofSeveralExclusivePromotionsTheFirstThatAppliesDoes() throws {
        let rule = StackingRule(isExclusive: true)
        let priced = try priced([
            percent("condition fails", 50, when: never, rule), percent("first", 5, rule), percent("second", 20, rule),
        ])
        #expect(priced.applied.map(\.promotion) == ["first"])
        #expect(priced.outcome(of: "condition fails")?.refusal == .noneHolds([]))
        #expect(priced.outcome(of: "second")?.refusal == .excludedBy("first"))
    }

    @Test func anExclusivePromotionThatDoesNotApplyLeavesTheOthersAsTheyAre() throws {
        let alone = percent("alone", 5, when: never, StackingRule(isExclusive: true))
        #expect(try priced([alone, percent("a", 10), percent("b", 10)]).totals.discount == .usd(190))
    }

    @Test func anExclusivePromotionNeedsACodeThatMayStillBeUsedToo() throws {
        let alone = percent("alone", 50, code: "A", StackingRule(isExclusive: true))
        let priced = try priced([alone], codes: ["A"], StackingProgram(maximumCodes: 0))
        #expect(priced.outcome(of: "alone")?.refusal == .tooManyCodes(maximum: 0))
    }

    // MARK: - Going together

    @Test func twoPromotionsGoTogetherOnlyWhenBothAgree() throws {
        let open = percent("open", 10, StackingRule(.product))
        let shut = percent("shut", 10, StackingRule(.order, combinesWith: .classes([.shipping])))
        for promotions in [[open, shut], [shut, open]] {
            let priced = try priced(promotions)
            #expect(priced.applied.map(\.promotion) == ["open"])
            #expect(priced.outcome(of: "shut")?.refusal == .doesNotCombine(with: "open"))
        }
    }

    @Test func aPromotionThatNamesNoClassGoesTogetherWithNone() throws {
        let first = percent("first", 10, StackingRule(combinesWith: .nothing))
        #expect(try priced([first, percent("second", 50)]).applied.map(\.promotion) == ["first"])
    }

    @Test func itsOwnClassIsOneThatAPromotionHasToName() throws {
        let rule = StackingRule(.order, combinesWith: .classes([.order]))
        #expect(try priced([percent("a", 10, rule), percent("b", 10, rule)]).applied.count == 2)
        let other = StackingRule(.order, combinesWith: .classes([.product]))
        #expect(try priced([percent("a", 10, other), percent("b", 10, other)]).applied.count == 1)
    }

    // MARK: - Order

    @Test func classesApplyInTheirOrderThenTheHigherPriorityFirst() throws {
        let priced = try priced([
            percent("unlisted", 10, StackingRule("other", priority: 9)), percent("order", 10, StackingRule(.order)),
            percent("order first", 10, StackingRule(.order, priority: 1)),
            percent("product", 10, StackingRule(.product)),
        ])
        #expect(priced.applied.map(\.promotion) == ["product", "order first", "order", "unlisted"])
        // 1000, 900, 810 and 729 are what each starts from.
        #expect(priced.applied.map(\.amount) == [.usd(100), .usd(90), .usd(81), .usd(73)])
    }

    @Test(arguments: [
        (StackingProgram.OrderKey.amountsFirst, ["amount", "bundle", "percent", "buy"]),
        (.percentagesFirst, ["percent", "amount", "bundle", "buy"]),
        (.buyGetFirst, ["buy", "percent", "amount", "bundle"]),
        // Percent, or major units: 30, 20, 10, and 8 dollars.
        (.largestNumberFirst, ["buy", "percent", "amount", "bundle"]),
    ])
    func kindsOfBenefitsApplyInTheOrderOfTheKey(_ key: StackingProgram.OrderKey, _ expected: [PromotionID]) throws {
        let basket = Basket(.usd, lines: [BasketLine("line", .usd(10_000), quantity: .units(9))])
        let half = BuyGet.Reward.percentOff(.percent(30))
        let promotions = [
            Promotion("percent", .percentOff(.percent(20))), Promotion("amount", .amountOffOrder(.usd(1_000))),
            Promotion("bundle", .bundlePrice(.usd(800), units: 2, repeats: 1)),
            Promotion("buy", .buyGet(BuyGet(buy: 2, get: 1, reward: half))),
        ]
        let policy = PricingPolicy(stacking: StackingProgram(order: [key]))
        let priced = try basket.priced(with: promotions, at: .epoch, policy: policy)
        #expect(priced.applied.map(\.promotion) == expected)
    }

    // MARK: - One of a class

    @Test func theFirstOfAClassThatAppliesIsTheOnlyOne() throws {
        let program = StackingProgram(classes: [.first(.order)])
        let priced = try priced([percent("never", 5, when: never), percent("a", 10), percent("b", 50)], program)
        #expect(priced.applied.map(\.promotion) == ["a"])
        #expect(priced.outcome(of: "b")?.refusal == .oneOfItsClass(.order, applied: "a"))
    }

    @Test func theBestOfAClassIsTheOneThatTakesMostOffAndTheFirstOfEquals() throws {
        let program = StackingProgram(classes: [.best(.order)])
        let priced = try priced([percent("a", 10), percent("b", 50), percent("c", 50)], program)
        #expect(priced.applied.map(\.promotion) == ["b"])
        #expect(priced.outcome(of: "a")?.refusal == .oneOfItsClass(.order, applied: "b"))
        #expect(priced.outcome(of: "c")?.refusal == .oneOfItsClass(.order, applied: "b"))
    }

    @Test(arguments: [StackingRule(.order, isExclusive: true), StackingRule(.product, priority: 1)])
    func nothingThatStandsBetweenDividesAClassOfWhichTheBestApplies(_ between: StackingRule) throws {
        let program = StackingProgram(classes: [.best(.order)], order: [.priority])
        let promotions = [
            percent("a", 10, StackingRule(priority: 2)), percent("between", 90, when: never, between), percent("b", 50),
        ]
        #expect(try priced(promotions, program).applied.map(\.promotion) == ["b"])
    }

    @Test func theBestOfAClassStandsWhereTheFirstOfItStandsThatApplies() throws {
        let program = StackingProgram(classes: [.best(.order)], order: [.priority])
        let promotions = [
            percent("never", 10, when: never, StackingRule(priority: 3)),
            percent("other", 10, StackingRule(.product, priority: 2)), percent("a", 10, StackingRule(priority: 1)),
            percent("b", 50),
        ]
        let priced = try priced(promotions, program)
        #expect(priced.applied.map(\.promotion) == ["other", "b"])
        #expect(priced.applied.map(\.amount) == [.usd(100), .usd(450)])
    }

    // MARK: - Codes

    @Test func noMoreCodesThanThereMayBeBringSomething() throws {
        let promotions = [percent("a", 10, code: "A"), percent("b", 10, code: "B"), percent("c", 10)]
        let priced = try priced(promotions, codes: ["B", "A"], StackingProgram(maximumCodes: 1))
        #expect(priced.applied.map(\.promotion) == ["a", "c"])
        #expect(priced.outcome(of: "b")?.refusal == .tooManyCodes(maximum: 1))
        #expect(priced.codes.map(\.isUsed) == [false, true])
    }

    @Test func severalPromotionsOfOneCodeUseOneCode() throws {
        let promotions = [percent("a", 10, code: "A"), percent("b", 10, code: "A")]
        #expect(try priced(promotions, codes: ["A"], StackingProgram(maximumCodes: 1)).applied.count == 2)
    }

    @Test(arguments: [
        (StackingProgram.UsedAloneRule.refuseIt, ["b", "c"]), (.refuseEveryCode, ["c"]), (.asExclusive, ["a", "c"]),
    ])
    func aCodeToBeUsedAloneIsTreatedAsTheProgramSays(
        _ rule: StackingProgram.UsedAloneRule,
        _ expected: [PromotionID]
    ) throws {
        let alone = StackingRule(isUsedAlone: true)
        let promotions = [percent("a", 10, code: "A", alone), percent("b", 10, code: "B"), percent("c", 10)]
        let priced = try priced(promotions, codes: ["A", "B"], StackingProgram(usedAlone: rule))
        #expect(priced.applied.map(\.promotion) == expected)
        // Entered alone it applies, beside what needs no code.
        let single = try self.priced(promotions, codes: ["A"], StackingProgram(usedAlone: rule))
        #expect(single.applied.map(\.promotion) == ["a", "c"])
    }

    @Test(arguments: [StackingProgram.UsedAloneRule.refuseIt, .refuseEveryCode])
    func aCodeThatBringsNothingAnyMoreForbidsNoOther(_ rule: StackingProgram.UsedAloneRule) throws {
        var over = percent("over", 10, code: "OVER", StackingRule(isUsedAlone: true))
        over.period = PromotionPeriod(until: .epoch)
        let promotions = [over, percent("a", 10, code: "A")]
        let priced = try priced(promotions, codes: ["OVER", "A"], StackingProgram(usedAlone: rule))
        #expect(priced.applied.map(\.promotion) == ["a"])
        #expect(priced.outcome(of: "over")?.refusal == .ended(.epoch))
    }
}
