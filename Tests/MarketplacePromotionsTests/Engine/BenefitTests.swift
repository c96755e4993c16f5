import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// What each kind of benefit takes off.
struct BenefitTests {
    /// Three at 1.00, two at 3.00 and one at 2.00.
    private let lines = [
        BasketLine("a", .usd(100), quantity: .units(3)), BasketLine("b", .usd(300), quantity: .units(2)),
        BasketLine("c", .usd(200)),
    ]

    private func discounts(_ promotions: Promotion..., policy: PricingPolicy = .standard) throws -> [Int64] {
        let priced = try Basket(.usd, lines: lines).priced(with: promotions, at: .epoch, policy: policy)
        return priced.lines.map(\.discount.minorUnits)
    }

    private func refusal(_ benefit: PromotionBenefit, units: UnitPick? = nil) throws -> PromotionRefusal? {
        let promotion = Promotion("it", benefit, units: units)
        return try Basket(.usd, lines: lines).priced(with: [promotion], at: .epoch).outcome(of: "it")?.refusal
    }

    // MARK: - Lines and units

    @Test func amountsAndPricesOfUnitsAndLinesAreOfEach() throws {
        #expect(try discounts(Promotion("it", .amountOffEachUnit(.usd(150)))) == [300, 300, 150])
        #expect(try discounts(Promotion("it", .amountOffEachLine(.usd(250)))) == [250, 250, 200])
        #expect(try discounts(Promotion("it", .amountOffFirstUnit(.usd(50), furtherUnits: .usd(10)))) == [70, 60, 50])
        #expect(try discounts(Promotion("it", .priceEachUnit(.usd(120)))) == [0, 360, 80])
        #expect(try discounts(Promotion("it", .priceOfOrder(.usd(550)))) == [150, 300, 100])
        #expect(try refusal(.priceOfOrder(.usd(1_100))) == .nothingToTakeOff)
    }

    @Test func aPickTakesItsUnitsInItsOrder() throws {
        func discounts(_ pick: UnitPick) throws -> [Int64] {
            try self.discounts(Promotion("it", .percentOff(.whole), units: pick))
        }
        #expect(try discounts(.cheapest(4)) == [300, 0, 200])
        #expect(try discounts(.dearest(4)) == [100, 600, 200])
        #expect(try discounts(UnitPick(.lineOrder, perOrder: 4)) == [300, 300, 0])
        #expect(try discounts(UnitPick(.largestLineFirst, perOrder: 3)) == [100, 600, 0])
        #expect(try discounts(UnitPick(perLine: 1)) == [100, 300, 200])
        #expect(try discounts(UnitPick(.dearestFirst, perOrder: 2, perLine: 1)) == [0, 300, 200])
        // The policy's order: the cheapest first.
        #expect(try discounts(UnitPick(perOrder: 1)) == [100, 0, 0])
    }

    @Test func limitedUnitsPassOverALineThatCannotBeReduced() throws {
        var lines = lines
        lines[0].minimumUnitPrice = .usd(100)
        let promotion = Promotion("it", .percentOff(.whole), units: .cheapest(1))
        let priced = try Basket(.usd, lines: lines).priced(with: [promotion], at: .epoch)
        #expect(priced.lines.map(\.discount) == [.usd(0), .usd(0), .usd(200)])
    }

    @Test func someUnitsOfAReducedLineCountForTheirPartOfWhatIsLeft() throws {
        let half = Promotion("half", .percentOff(.percent(50)))
        let one = Promotion("one", .percentOff(.whole), lines: .lines(["b"]), units: .cheapest(1))
        func second(_ base: DiscountBase) throws -> Int64 {
            try discounts(half, one, policy: PricingPolicy(base: base))[1] - 300
        }
        #expect(try second(.remainingPrice) == 150)
        #expect(try second(.originalPrice) == 300)
        #expect(try second(.untouchedUnitsFirst) == 300)
    }

    // MARK: - Purchases and bundles

    @Test func thereIsNothingToGetWhereUnitsAreTooFew() throws {
        let offer = BuyGet(buy: 6, get: 1)
        #expect(try refusal(.buyGet(offer)) == .tooFewUnits(found: 6, wanted: 7))
        #expect(try refusal(.bundlePrice(.usd(1), units: 7)) == .tooFewUnits(found: 6, wanted: 7))
    }

    @Test func aRewardIsAPercentageAnAmountOrAPriceOfEachUnit() throws {
        func discounts(_ reward: BuyGet.Reward) throws -> [Int64] {
            try self.discounts(Promotion("it", .buyGet(BuyGet(buy: 2, get: 2, reward: reward))))
        }
        // The two dear ones are bought and two of the cheapest got.
        #expect(try discounts(.free) == [200, 0, 0])
        #expect(try discounts(.percentOff(.percent(25))) == [50, 0, 0])
        #expect(try discounts(.amountOff(.usd(30))) == [60, 0, 0])
        #expect(try discounts(.price(.usd(60))) == [80, 0, 0])
        #expect(try discounts(.price(.usd(100))) == [0, 0, 0])
    }

    @Test func whatIsBoughtAndGotIsOfTheScopeUnlessItSaysOtherwise() throws {
        func discounts(_ offer: BuyGet) throws -> [Int64] {
            try self.discounts(Promotion("it", .buyGet(offer), lines: .lines(["b"])))
        }
        #expect(try discounts(BuyGet(buy: 2, get: 1)) == [0, 0, 0], "there are two of the scope")
        #expect(try discounts(BuyGet(buy: 1, get: 1)) == [0, 300, 0])
        #expect(try discounts(BuyGet(buy: 4, of: .every, get: 2)) == [0, 600, 0])
    }

    @Test func whatCanBeGotIsBoughtLast() throws {
        // The one unit that could be free is the dearest: it is not what is paid for.
        let offer = BuyGet(buy: 1, of: .every, get: 1, of: .lines(["c"]))
        #expect(try discounts(Promotion("it", .buyGet(offer))) == [0, 0, 200])
        #expect(
            try discounts(Promotion("it", .buyGet(BuyGet(buy: 5, of: .every, get: 1, of: .lines(["c"]))))) == [
                0, 0, 200,
            ]
        )
    }

    @Test func aUnitHasNoMoreTakenOffThanItCosts() throws {
        let promotion = Promotion("it", .amountOffFirstUnit(.usd(1_000), furtherUnits: .usd(0)))
        #expect(try discounts(promotion) == [100, 300, 200])
    }

    @Test func aPriceIsNeverUndercutByWhatWasTakenOffBefore() throws {
        let before = Promotion("before", .amountOffOrder(.usd(330)))
        for base in DiscountBase.allCases {
            for benefit: PromotionBenefit in [.priceOfOrder(.usd(600)), .bundlePrice(.usd(600), units: 6)] {
                let left = try discounts(before, Promotion("it", benefit), policy: PricingPolicy(base: base))
                #expect(left.reduce(0, +) == 500, "\(benefit) on \(base) leaves its price to pay")
            }
            let each = Promotion("it", .priceEachUnit(.usd(90)))
            let policy = PricingPolicy(base: base)
            let tenth = Promotion("tenth", .percentOff(.percent(10)))
            #expect(try discounts(tenth, each, policy: policy) == [30, 420, 110], "\(base)")
        }
    }

    @Test func aPurchaseHasOrdersOfItsOwn() throws {
        for units in [UnitPick(.dearestFirst), UnitPick(perLine: 1)] {
            let promotion = Promotion("it", .buyGet(BuyGet(buy: 1, get: 1)), units: units)
            #expect(promotion.problem() == .unitPickOfPurchase)
        }
        #expect(Promotion("it", .buyGet(BuyGet(buy: 1, get: 1)), units: UnitPick(perOrder: 1)).problem() == nil)
    }

    @Test func aBundleThatWouldCostLessIsLeftAlone() throws {
        // Dearest first: 3.00, 3.00 and 2.00 together, then three at 1.00, which cost less.
        #expect(try discounts(Promotion("it", .bundlePrice(.usd(400), units: 3))) == [0, 300, 100])
        // Cheapest first: three at 1.00, which cost less, then 2.00, 3.00 and 3.00.
        let cheapest = Promotion("it", .bundlePrice(.usd(400), units: 3), units: UnitPick(.cheapestFirst))
        #expect(try discounts(cheapest).reduce(0, +) == 400)
        #expect(try refusal(.bundlePrice(.usd(900), units: 3)) == .nothingToTakeOff)
    }

    // MARK: - Tiers

    @Test func theHighestTierThatIsReachedCountsItsBoundIncluded() throws {
        func discount(_ bounds: [Int64], _ measure: BenefitTiers.Measure = .goodsTotal) throws -> Int64 {
            let tiers = bounds.enumerated().map { place, bound in
                BenefitTiers.Tier(from: bound, .amountOffOrder(.usd(Int64(place + 1))))
            }
            let promotion = Promotion("it", .tiers(BenefitTiers(by: measure, tiers)), lines: .lines(["a", "c"]))
            return try discounts(promotion).reduce(0, +)
        }
        #expect(try discount([1_100, 1_101]) == 1)
        #expect(try discount([1_101, 1_100]) == 2)
        #expect(try discount([500, 501], .scopeTotal) == 1)
        #expect(try discount([4, 5], .scopeQuantity) == 1)
        let tiers = BenefitTiers(by: .goodsTotal, [.init(from: 1_101, .amountOffOrder(.usd(1)))])
        #expect(try refusal(.tiers(tiers)) == .tierAmountNotReached(found: .usd(1_100), lowest: .usd(1_101)))
    }

    @Test func eachLineHasItsOwnTierWhereLinesAreMeasured() throws {
        let tiers: [BenefitTiers.Tier] = [
            .init(from: 3, .percentOff(.percent(50))), .init(from: 2, .percentOff(.percent(10))),
        ]
        #expect(try discounts(Promotion("it", .tiers(BenefitTiers(by: .lineQuantity, tiers)))) == [150, 60, 0])
        let totals: [BenefitTiers.Tier] = [.init(from: 600, .amountOffEachLine(.usd(7)))]
        #expect(try discounts(Promotion("it", .tiers(BenefitTiers(by: .lineTotal, totals)))) == [0, 7, 0])
    }

    // MARK: - Gifts

    @Test func aGiftCostsNothingAndIsToldWithItsPromotion() throws {
        let gift = Gift("mug", quantity: .units(2), worth: .usd(500))
        let limits = PromotionLimits(total: 3, budget: .usd(1))
        let promotion = Promotion("it", .gift(gift), limits: limits)
        let priced = try Basket(.usd, lines: lines).priced(with: [promotion], at: .epoch)
        #expect(priced.gifts.map(\.gift) == [gift])
        #expect(priced.gifts.map(\.promotion) == ["it"])
        #expect(priced.totals.total == .usd(1_100))
        // A use, and nothing of the budget.
        #expect(priced.claims.map(\.quota) == [.total])
        #expect(priced.applied.first?.costs == [])
    }
}
