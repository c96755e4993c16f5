import MarketplaceCore
import MarketplacePromotions
import TestSupport

extension RandomRules {
    /// A benefit of any kind.
    mutating func benefit() -> PromotionBenefit {
        switch natural(through: 15) {
        case 0: return .buyGet(offer())
        case 1: return .tiers(tiers())
        case 2: return .gift(Gift("gift", quantity: .units(units()), worth: isHeads() ? money() : nil))
        case 3: return .cataloguePrice(catalogueBenefit())
        case 4: return .bundlePrice(money(), units: units(), repeats: isSeldom(3) ? units() : nil)
        default: return simpleBenefit()
        }
    }

    /// A benefit that a tier can give.
    private mutating func simpleBenefit() -> PromotionBenefit {
        switch natural(through: 6) {
        case 0: return .amountOffOrder(money(), spread: element(of: PromotionBenefit.Spread.allCases))
        case 1: return .percentOffOrder(percentage(), cap: isSeldom(3) ? money() : nil)
        case 2: return .priceOfOrder(money())
        case 3:
            let test = AttributeTest.anyOf(some(of: Self.colours))
            return .shipping(shippingBenefit(), attribute: isSeldom(3) ? .init("colour", test) : nil)
        case 4: return .amountOffGoodsAndShipping(money())
        case 5: return .percentOffGoodsAndShipping(percentage())
        default: return lineBenefit()
        }
    }

    /// A benefit that each line can have for itself.
    private mutating func lineBenefit() -> PromotionBenefit {
        switch natural(through: 5) {
        case 0: .amountOffEachUnit(money(through: 200))
        case 1: .amountOffEachLine(money())
        case 2: .amountOffFirstUnit(money(through: 200), furtherUnits: money(through: 200))
        case 3: .priceEachUnit(money())
        default: .percentOff(percentage(), cap: isSeldom(3) ? money() : nil)
        }
    }

    private mutating func offer() -> BuyGet {
        var offer = BuyGet(buy: units(through: 3), get: units(through: 2))
        if isHeads() { offer.bought = filter(depth: 1) }
        if isHeads() { offer.got = filter(depth: 1) }
        switch natural(through: 3) {
        case 0: offer.reward = .amountOff(money(through: 200))
        case 1: offer.reward = .price(money(through: 200))
        default: offer.reward = .percentOff(percentage())
        }
        if isSeldom(3) { offer.repeats = units() }
        if isSeldom(3) { offer.boughtOrder = element(of: UnitOrder.allCases) }
        if isSeldom(3) { offer.gotOrder = element(of: UnitOrder.allCases) }
        return offer
    }

    private mutating func tiers() -> BenefitTiers {
        let measure = element(of: BenefitTiers.Measure.allCases)
        let isOfLine = measure == .lineTotal || measure == .lineQuantity
        var tiers: [BenefitTiers.Tier] = []
        for step in 0...natural(through: 2) {
            // Each is above the one before.
            let from = (tiers.last?.from ?? -1) + 1 + Int64(step * natural(through: isHeads() ? 3 : 500))
            tiers.append(.init(from: from, isOfLine ? lineBenefit() : simpleBenefit()))
        }
        return BenefitTiers(by: measure, in: measure.isAmount ? Self.currency : nil, tiers.reversed())
    }

    private mutating func shippingBenefit() -> ShippingBenefit {
        switch natural(through: 3) {
        case 0: .amountOffEach(money(through: 300))
        case 1: .amountOff(money(through: 300))
        case 2: .price(money(through: 300))
        default: .percentOff(percentage())
        }
    }

    private mutating func catalogueBenefit() -> CatalogueBenefit {
        switch natural(through: 2) {
        case 0: .amountOff(money(through: 300))
        case 1: .price(money())
        default: .percentOff(percentage())
        }
    }
}

// MARK: - Policies

extension RandomRules {
    /// A policy over all of its fields; often the standard one.
    mutating func policy() -> PricingPolicy {
        guard !isSeldom(4) else { return .standard }
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
            tax: TaxPolicy(
                rounding: element(of: RoundingMode.allCases),
                place: isHeads() ? .line : .rate
            )
        )
    }

    private mutating func remainder() -> RemainderPlacement {
        let mode = element(of: RoundingMode.allCases)
        return element(of: [
            .largest, .largest(base: mode), .first(base: mode), .last(base: mode), .wholeToFirst(base: mode),
            .wholeToLast(base: mode), .successiveFromFirst(rounding: mode), .successiveFromLast(rounding: mode),
        ])
    }

    mutating func program() -> StackingProgram {
        let admissions = StackingProgram.Admission.allCases
        return StackingProgram(
            classes: some(of: Self.classes).map { .init($0, admits: isHeads() ? .all : element(of: admissions)) },
            order: some(of: StackingProgram.OrderKey.allCases),
            selection: isSeldom(4) ? .best(exactUpTo: natural(through: 5)) : .inOrder,
            usedAlone: element(of: StackingProgram.UsedAloneRule.allCases),
            maximumCodes: isSeldom(4) ? natural(through: 2) : nil
        )
    }
}
