public import MarketplaceCore
public import MarketplacePromotions

extension PropertyRun {
    /// A promotion without a problem, its amounts in one currency.
    public mutating func promotion(_ id: PromotionID = "random", in currency: Currency = .usd) -> Promotion {
        Promotion(
            id,
            benefit(in: currency),
            name: maybe { $0.word() },
            isActive: natural(through: 4) > 0,
            period: natural(through: 2) == 0 ? period() : .always,
            codes: maybe { run in run.some { CouponCode(stringLiteral: $0.word()) } },
            when: condition(in: currency),
            lines: filter(in: currency),
            units: maybe { $0.pick() },
            consumes: element(of: Promotion.ConsumedUnits.allCases),
            stacking: stackingRule(),
            limits: limits(in: currency),
            bearer: bearer()
        )
    }

    /// A condition, nested to at most some levels more.
    public mutating func condition(in currency: Currency = .usd, levels: Int = 2) -> PromotionCondition {
        switch natural(through: levels > 0 ? 16 : 13) {
        case 0: return .always
        case 1: return .total(amounts(in: currency), of: filter(in: currency, levels: levels - 1))
        case 2: return .quantity(counts(), of: filter(in: currency, levels: levels - 1))
        case 3: return .distinctProducts(counts(), of: filter(in: currency, levels: levels - 1))
        case 4: return .member
        case 5: return .groups(some { $0.word() })
        case 6: return .orderNumber(counts())
        case 7: return .emailDomains(some { $0.word() + ".example" })
        case 8: return .countries(some { $0.element(of: ["KR", "DE", "US"]) })
        case 9: return .paymentMethods(some { $0.element(of: ["card", "points", "transfer"]) })
        case 10: return .currencies([currency, .eur])
        case 11: return .period(period())
        case 12: return .weekdays(some { $0.element(of: Weekday.allCases) }, offset())
        case 13: return natural(through: 1) == 0 ? hours() : .attribute(word(), test())
        case 14: return .all(some { $0.condition(in: currency, levels: levels - 1) })
        case 15: return .any(some { $0.condition(in: currency, levels: levels - 1) })
        default: return .not(condition(in: currency, levels: levels - 1))
        }
    }

    /// A filter of lines, nested to at most some levels more.
    public mutating func filter(in currency: Currency = .usd, levels: Int = 2) -> LineFilter {
        switch natural(through: levels > 0 ? 14 : 11) {
        case 0...2: return .every
        case 3: return .lines(some { BasketLineID(stringLiteral: $0.word()) })
        case 4: return .skus(some { SKU(stringLiteral: $0.word()) })
        case 5: return .products(some { $0.word() })
        case 6: return .categories(some { $0.word() })
        case 7: return .sellers(some { SellerKey(stringLiteral: $0.word()) })
        case 8: return .attribute(word(), test())
        case 9: return .unitPrice(amounts(in: currency))
        case 10: return .lineQuantity(counts())
        case 11: return .alreadyDiscounted
        case 12: return .all(some { $0.filter(in: currency, levels: levels - 1) })
        case 13: return .any(some { $0.filter(in: currency, levels: levels - 1) })
        default: return .not(filter(in: currency, levels: levels - 1))
        }
    }

    /// A benefit; of tiers, and prices of the catalogue, only where they may stand.
    public mutating func benefit(in currency: Currency = .usd, isOfTier: Bool = false) -> PromotionBenefit {
        switch natural(through: isOfTier ? 13 : 15) {
        case 0...4: return lineBenefit(in: currency)
        case 5: return .amountOffOrder(amount(in: currency), spread: element(of: PromotionBenefit.Spread.allCases))
        case 6: return .percentOffOrder(percentage(), cap: maybe { $0.amount(in: currency) })
        case 7: return .priceOfOrder(amount(in: currency))
        case 8: return .bundlePrice(amount(in: currency), units: units(), repeats: maybe { $0.units() })
        case 9: return .buyGet(offer(in: currency))
        case 10:
            return .gift(
                Gift(SKU(stringLiteral: word()), quantity: .units(units()), worth: maybe { $0.amount(in: currency) })
            )
        case 11: return .shipping(shipping(in: currency), attribute: maybe { .init($0.word(), $0.test()) })
        case 12: return .amountOffGoodsAndShipping(amount(in: currency))
        case 13: return .percentOffGoodsAndShipping(percentage())
        case 14: return .tiers(tiers(in: currency))
        default: return .cataloguePrice(cataloguePrice(in: currency))
        }
    }

    /// A policy.
    public mutating func policy() -> PricingPolicy {
        if natural(through: 9) == 0 { return element(of: PricingPolicy.named.map(\.value)) }
        return PricingPolicy(
            rounding: element(of: RoundingMode.allCases),
            roundingPlace: element(of: RoundingPlace.allCases),
            remainder: remainder(),
            spreadOrder: element(of: UnitOrder.allCases),
            unitRemainder: element(of: UnitRemainder.allCases),
            base: element(of: DiscountBase.allCases),
            conditionBase: element(of: ConditionBase.allCases),
            unitOrder: element(of: UnitOrder.allCases),
            boughtOrder: element(of: UnitOrder.allCases),
            gotOrder: element(of: UnitOrder.allCases),
            consumption: element(of: UnitConsumption.allCases),
            stacking: program(),
            budgetCheck: element(of: BudgetCheck.allCases),
            tax: TaxPolicy(rounding: element(of: RoundingMode.allCases), place: element(of: TaxPolicy.Place.allCases))
        )
    }

    /// An amount that is not negative.
    public mutating func amount(in currency: Currency) -> Money {
        Money(minorUnits: Int64(natural(through: element(of: [0, 99, 10_000, 1_000_000]))), currency)
    }

    /// A percentage of 0 to 100.
    public mutating func percentage() -> Percentage {
        switch natural(through: 5) {
        case 0: .zero
        case 1: .whole
        case 2: .basisPoints(Int64(natural(through: 10_000)))
        default: .percent(Int64(natural(through: 100)))
        }
    }

    /// A value, or in one of two cases none.
    public mutating func maybe<Value>(_ make: (inout PropertyRun) -> Value) -> Value? {
        natural(through: 1) == 0 ? nil : make(&self)
    }

    /// Up to three values.
    public mutating func some<Value>(_ make: (inout PropertyRun) -> Value) -> [Value] {
        (0..<natural(through: 3)).map { _ in make(&self) }
    }

    /// One of a few words, so that rules and baskets often have the same.
    public mutating func word() -> String {
        element(of: ["a", "b", "c", "blue", "größe", "\"quoted\"", "한국", "line\nbreak"])
    }
}
