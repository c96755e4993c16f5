import MarketplaceCore
import MarketplacePromotions
import Testing

/// The published numbers of other engines come out of this one under a policy that says what each engine does.
@Suite struct PublishedArithmeticTests {
    @Test(arguments: try PublishedCase.cases(of: "oscar_benefits"))
    func offersThatUseUpUnits(_ published: PublishedCase) throws {
        let promotions = try published.promotions { rule, promotion in
            if rule["kind"]?.text == "cheapest_free" { promotion.consumes = .qualifying }
        }
        try PublishedExpectations(
            published: published,
            priced: published.priced(promotions, by: PublishedPolicies.oscar)
        )
        .check()
    }

    @Test(arguments: try PublishedCase.cases(of: "woocommerce_discounts"))
    func couponsRoundedHalfDown(_ published: PublishedCase) throws {
        let promotions = try published.promotions { rule, promotion in
            if case .amountOffOrder(let amount, _) = promotion.benefit {
                promotion.benefit = .amountOffOrder(amount, spread: .byUnits)
            }
        }
        let policy = PublishedPolicies.woocommerce(isSequential: published["stacking"]?.text == "sequential")
        try PublishedExpectations(published: published, priced: published.priced(promotions, by: policy)).check()
    }

    @Test(arguments: try PublishedCase.cases(of: "solidus_calculators"))
    func calculatorsWithTiers(_ published: PublishedCase) throws {
        let priced = try published.priced(published.promotions(), by: PublishedPolicies.solidus)
        try PublishedExpectations(published: published, priced: priced).check()
    }

    @Test(arguments: try PublishedCase.cases(of: "sylius_scenarios"))
    func actionsWithPriceFloors(_ published: PublishedCase) throws {
        let priced = try published.priced(published.promotions(), by: PublishedPolicies.sylius)
        try PublishedExpectations(published: published, priced: priced).check()
    }

    @Test(arguments: try PublishedCase.cases(of: "saleor_discounts"))
    func vouchersOfGoodsAndShipping(_ published: PublishedCase) throws {
        let priced = try published.priced(published.promotions(), by: PublishedPolicies.saleor)
        try PublishedExpectations(published: published, priced: priced).check()
    }

    @Test(arguments: try PublishedCase.cases(of: "vendure_tax_and_discount"))
    func discountsOfTaxedPrices(_ published: PublishedCase) throws {
        let priced = try published.priced(published.promotions(), by: PublishedPolicies.vendure)
        try PublishedExpectations(published: published, priced: priced).check()
    }

    @Test(arguments: try PublishedCase.cases(of: "medusa_tax_totals"))
    func totalsWithTax(_ published: PublishedCase) throws {
        let promotions = try (published["lines"]?.array ?? []).compactMap { line -> Promotion? in
            guard let amount = line["net_discount"] ?? line["gross_discount"], let id = line["id"]?.text else {
                return nil
            }
            let benefit = PromotionBenefit.amountOffEachLine(try published.money(amount))
            return Promotion(try PromotionID("off \(id)"), benefit, lines: .lines([try BasketLineID(id)]))
        }
        let priced = try published.priced(promotions, by: .standard)
        // Where prices contain tax, the discount of this group is that of the prices themselves.
        try PublishedExpectations(published: published, priced: priced).check()
    }

    @Test(arguments: try PublishedCase.cases(of: "seed_coupons"))
    func couponsOfTheTwoShops(_ published: PublishedCase) throws {
        let promotions = try published.promotions { rule, promotion in
            promotion.activation = .code([promotion.id.retyped(as: CouponCodeSubject.self)])
            promotion.stacking.isUsedAlone = promotion.stacking.isExclusive
            promotion.stacking.isExclusive = false
        }
        let policy: PricingPolicy = published.id.hasPrefix("seed3") ? .amountsThenPercentages : .oneCoupon
        let priced = try published.priced(promotions, by: policy)
        if published.expected["error"] != nil {
            #expect(priced.totals.discount.isZero && priced.applied.isEmpty)
            #expect(priced.outcomes.contains { if case .usedAlone = $0.refusal { true } else { false } })
        } else {
            try PublishedExpectations(published: published, priced: priced).check()
        }
    }
}
