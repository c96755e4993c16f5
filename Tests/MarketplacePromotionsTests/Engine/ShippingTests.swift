import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// Promotions of shipping, and of goods and shipping together.
struct ShippingTests {
    private let basket = Basket(
        .usd,
        lines: [BasketLine("line", .usd(900)), BasketLine("fixed", .usd(100), isDiscountable: false)],
        shipping: [
            ShippingCharge("air", .usd(300), attributes: ["carrier": "air"]), ShippingCharge("sea", .usd(100)),
        ]
    )

    private func priced(_ promotions: Promotion..., policy: PricingPolicy = .standard) throws -> PricedBasket {
        try basket.priced(with: promotions, at: .epoch, policy: policy)
    }

    private func shipping(_ benefit: ShippingBenefit) throws -> [Int64] {
        try priced(Promotion("it", .shipping(benefit))).shipping.map(\.discount.minorUnits)
    }

    @Test func chargesCostLessOrNothing() throws {
        #expect(try shipping(.free) == [300, 100])
        #expect(try shipping(.percentOff(.percent(25))) == [75, 25])
        #expect(try shipping(.amountOffEach(.usd(150))) == [150, 100])
        #expect(try shipping(.amountOff(.usd(200))) == [150, 50])
        #expect(try shipping(.amountOff(.usd(500))) == [300, 100])
        #expect(try shipping(.price(.usd(120))) == [180, 0])
    }

    @Test func anAttributeChoosesTheCharges() throws {
        let condition = PromotionBenefit.AttributeCondition("carrier", .anyOf(["air"]))
        let priced = try priced(Promotion("it", .shipping(.free, attribute: condition)))
        #expect(priced.shipping.map(\.discount) == [.usd(300), .usd(0)])
        #expect(priced.applied.first?.shipping.map(\.charge) == ["air"])
        let none = PromotionBenefit.AttributeCondition("carrier", .anyOf(["rail"]))
        #expect(
            try self.priced(Promotion("it", .shipping(.free, attribute: none))).outcomes.first?.refusal
                == .noMatchingLines
        )
    }

    @Test func thereIsNothingToTakeOffShippingThatIsFreeAlready() throws {
        let priced = try priced(Promotion("a", .shipping(.free)), Promotion("b", .shipping(.free)))
        #expect(priced.outcome(of: "b")?.refusal == .noMatchingLines)
    }

    @Test func anAmountOffBothIsInProportionToGoodsInScopeAndShipping() throws {
        // 900 of goods may be reduced, and 400 of shipping.
        let priced = try priced(Promotion("it", .amountOffGoodsAndShipping(.usd(130))))
        #expect(priced.lines.map(\.discount) == [.usd(90), .usd(0)])
        #expect(priced.shipping.map(\.discount) == [.usd(30), .usd(10)])
        let all = try self.priced(Promotion("it", .amountOffGoodsAndShipping(.usd(9_999))))
        #expect(all.totals.total == .usd(100))
    }

    @Test func aPercentageOfBothIsRoundedOnceForEach() throws {
        let priced = try priced(Promotion("it", .percentOffGoodsAndShipping(.basisPoints(1_005))))
        #expect(priced.totals.goodsDiscount == .usd(90))
        #expect(priced.totals.shippingDiscount == .usd(40))
    }

    @Test func aPercentageIsOfTheOriginalPriceOfShippingWherePolicySaysSo() throws {
        let half = Promotion("half", .shipping(.percentOff(.percent(50))))
        for benefit in [
            PromotionBenefit.shipping(.percentOff(.percent(20))), .percentOffGoodsAndShipping(.percent(20)),
        ] {
            let remaining = try priced(half, Promotion("more", benefit))
            #expect(remaining.totals.shippingDiscount == .usd(240))
            let original = try priced(half, Promotion("more", benefit), policy: PricingPolicy(base: .originalPrice))
            #expect(original.totals.shippingDiscount == .usd(280))
        }
    }
}
