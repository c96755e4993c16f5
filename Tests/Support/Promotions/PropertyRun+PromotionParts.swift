import MarketplaceCore
import MarketplacePromotions

extension PropertyRun {
    /// A benefit that a line can have for itself.
    mutating func lineBenefit(in currency: Currency) -> PromotionBenefit {
        switch natural(through: 4) {
        case 0: .percentOff(percentage(), cap: maybe { $0.amount(in: currency) })
        case 1: .amountOffEachUnit(amount(in: currency))
        case 2: .amountOffEachLine(amount(in: currency))
        case 3: .amountOffFirstUnit(amount(in: currency), furtherUnits: amount(in: currency))
        default: .priceEachUnit(amount(in: currency))
        }
    }

    mutating func offer(in currency: Currency) -> BuyGet {
        let reward: BuyGet.Reward =
            switch natural(through: 3) {
            case 0: .percentOff(percentage())
            case 1: .amountOff(amount(in: currency))
            case 2: .price(amount(in: currency))
            default: .free
            }
        return BuyGet(
            buy: units(),
            of: filter(in: currency, levels: 1),
            get: units(),
            of: maybe { $0.filter(in: currency, levels: 1) },
            reward: reward,
            repeats: maybe { $0.units() },
            boughtOrder: maybe { $0.element(of: UnitOrder.allCases) },
            gotOrder: maybe { $0.element(of: UnitOrder.allCases) }
        )
    }

    mutating func tiers(in currency: Currency) -> BenefitTiers {
        let measure = element(of: BenefitTiers.Measure.allCases)
        let isAmount = measure != .lineQuantity && measure != .scopeQuantity
        let isOfLine = measure == .lineTotal || measure == .lineQuantity
        let bounds = Set((0...natural(through: 3)).map { _ in Int64(natural(through: 10_000)) })
        return BenefitTiers(
            by: measure,
            in: isAmount ? currency : nil,
            bounds.sorted().map { bound in
                let benefit = isOfLine ? lineBenefit(in: currency) : benefit(in: currency, isOfTier: true)
                return BenefitTiers.Tier(from: bound, benefit)
            }
        )
    }

    mutating func shipping(in currency: Currency) -> ShippingBenefit {
        switch natural(through: 4) {
        case 0: .percentOff(percentage())
        case 1: .amountOffEach(amount(in: currency))
        case 2: .amountOff(amount(in: currency))
        case 3: .price(amount(in: currency))
        default: .free
        }
    }

    mutating func cataloguePrice(in currency: Currency) -> CatalogueBenefit {
        switch natural(through: 2) {
        case 0: .percentOff(percentage())
        case 1: .amountOff(amount(in: currency))
        default: .price(amount(in: currency))
        }
    }

    mutating func amounts(in currency: Currency) -> AmountRange {
        let low = amount(in: currency)
        let high = Money(minorUnits: low.minorUnits + Int64(natural(through: 10_000)), currency)
        return AmountRange(atLeast: maybe { _ in low }, atMost: maybe { _ in high })
    }

    mutating func counts() -> CountRange {
        let low = natural(through: 5)
        let high = low + natural(through: 5)
        return CountRange(atLeast: maybe { _ in low }, atMost: maybe { _ in high })
    }

    mutating func test() -> AttributeTest {
        switch natural(through: 2) {
        case 0: .anyOf(some { $0.word() })
        case 1: .noneOf(some { $0.word() })
        default: .number(counts())
        }
    }

    mutating func period() -> PromotionPeriod {
        let from = Timestamp(microsecondsSinceEpoch: Int64(natural(through: 4_000_000_000)) * 1_000_001)
        let until = from.advanced(by: .seconds(1 + natural(through: 10_000_000)))
        return PromotionPeriod(from: maybe { _ in from }, until: maybe { _ in until })
    }

    mutating func offset() -> UTCOffset {
        UTCOffset(minutes: natural(through: 2 * UTCOffset.maximumMinutes) - UTCOffset.maximumMinutes) ?? .utc
    }

    mutating func hours() -> PromotionCondition {
        .hours(from: timeOfDay(), until: timeOfDay(), offset())
    }

    private mutating func timeOfDay() -> TimeOfDay {
        guard let time = TimeOfDay(hour: natural(through: 23), minute: natural(through: 59)) else {
            preconditionFailure("every such hour and minute is a time of day")
        }
        return time
    }

    mutating func pick() -> UnitPick {
        UnitPick(
            maybe { $0.element(of: UnitOrder.allCases) },
            perOrder: maybe { $0.units() },
            perLine: maybe { $0.units() }
        )
    }

    mutating func units() -> Int { 1 + natural(through: 4) }

    mutating func stackingRule() -> StackingRule {
        StackingRule(
            stackingClass(),
            priority: natural(through: 4) - 2,
            isExclusive: natural(through: 9) == 0,
            isUsedAlone: natural(through: 9) == 0,
            combinesWith: natural(through: 1) == 0 ? .everything : .classes(Set(some { $0.stackingClass() }))
        )
    }

    private mutating func stackingClass() -> StackingClass {
        element(of: [.product, .order, .shipping, "campus"])
    }

    mutating func limits(in currency: Currency) -> PromotionLimits {
        PromotionLimits(
            total: maybe { Int64($0.natural(through: 100)) },
            perMember: maybe { Int64($0.natural(through: 3)) },
            perAttribute: maybe { .init($0.word(), limit: Int64($0.natural(through: 3))) },
            budget: maybe { $0.amount(in: currency) }
        )
    }

    mutating func bearer() -> CostBearer {
        switch natural(through: 2) {
        case 0: .platform
        case 1: .sellers
        default: .shared(sellers: percentage())
        }
    }

    mutating func remainder() -> RemainderPlacement {
        let rounding = element(of: RoundingMode.allCases)
        return switch natural(through: 6) {
        case 0: .largest(base: rounding)
        case 1: .first(base: rounding)
        case 2: .last(base: rounding)
        case 3: .wholeToFirst(base: rounding)
        case 4: .wholeToLast(base: rounding)
        case 5: .successiveFromFirst(rounding: rounding)
        default: .successiveFromLast(rounding: rounding)
        }
    }

    mutating func program() -> StackingProgram {
        StackingProgram(
            classes: some { .init($0.stackingClass(), admits: $0.element(of: StackingProgram.Admission.allCases)) },
            order: some { $0.element(of: StackingProgram.OrderKey.allCases) },
            selection: natural(through: 1) == 0 ? .inOrder : .best(exactUpTo: natural(through: 14)),
            usedAlone: element(of: StackingProgram.UsedAloneRule.allCases),
            maximumCodes: maybe { $0.natural(through: 3) }
        )
    }
}
