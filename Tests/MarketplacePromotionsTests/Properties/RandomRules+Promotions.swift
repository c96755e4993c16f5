import MarketplaceCore
import MarketplacePromotions
import TestSupport

extension RandomRules {
    static let classes: [StackingClass] = [.product, .order, .shipping, "other"]

    mutating func promotion(_ name: String) -> Promotion {
        var promotion = Promotion(Self.key(name), benefit())
        if isSeldom(4) { promotion.name = "the \"\(name)\" of größe" }
        promotion.isActive = !isSeldom(16)
        if isSeldom(8) { promotion.period = period() }
        if isSeldom(3) { promotion.activation = .code(some(of: Self.couponCodes)) }
        if isHeads() { promotion.condition = condition(depth: 2) }
        promotion.scope = PromotionScope(
            lines: isHeads() ? .every : filter(depth: 2),
            units: isSeldom(3) ? pick() : nil
        )
        if case .buyGet = promotion.benefit, let units = promotion.scope.units {
            promotion.scope.units = UnitPick(perOrder: units.perOrder)
        }
        promotion.consumes = element(of: Promotion.ConsumedUnits.allCases)
        if isSeldom(3) { promotion.stacking = stacking() }
        if isSeldom(4) { promotion.limits = limits() }
        switch natural(through: 3) {
        case 0: promotion.bearer = .sellers
        case 1: promotion.bearer = .shared(sellers: percentage())
        default: break
        }
        return promotion
    }

    mutating func stacking() -> StackingRule {
        StackingRule(
            element(of: Self.classes),
            priority: natural(through: 2),
            isExclusive: isSeldom(8),
            isUsedAlone: isSeldom(8),
            combinesWith: isHeads() ? .everything : .classes(Set(some(of: Self.classes)))
        )
    }

    private mutating func limits() -> PromotionLimits {
        PromotionLimits(
            total: isHeads() ? limit() : nil,
            perMember: isHeads() ? limit() : nil,
            perAttribute: isSeldom(4) ? .init("colour", limit: limit()) : nil,
            budget: isHeads() ? money() : nil
        )
    }

    private mutating func limit() -> Int64 { size == .extreme ? run.integer() & .max : Int64(natural(through: 4)) }

    private mutating func pick() -> UnitPick {
        UnitPick(
            isHeads() ? element(of: UnitOrder.allCases) : nil,
            perOrder: isHeads() ? units(through: 8) : nil,
            perLine: isHeads() ? units(through: 3) : nil
        )
    }

    private mutating func period() -> PromotionPeriod {
        let (one, other) = (time(), time())
        guard one != other else { return .always }
        return PromotionPeriod(from: isHeads() ? min(one, other) : nil, until: isHeads() ? max(one, other) : nil)
    }
}

// MARK: - Conditions

extension RandomRules {
    mutating func condition(depth: Int) -> PromotionCondition {
        switch natural(through: depth > 0 ? 18 : 14) {
        case 0: return .total(amounts(), of: filter(depth: 1))
        case 1: return .total(.atLeast(money(through: 500)))
        case 2: return .quantity(counts(), of: filter(depth: 1))
        case 3: return .distinctProducts(counts(), of: filter(depth: 1))
        case 4: return .member
        case 5: return .groups(some(of: ["g0", "g1", "g2"]))
        case 6: return .orderNumber(counts())
        case 7: return .emailDomains(some(of: ["snu.ac.kr", "ac.kr", ""]))
        case 8: return .countries(some(of: ["KR", "DE"]))
        case 9: return .paymentMethods(some(of: ["card", "bank"]))
        case 10: return .currencies(some(of: [.usd, .krw]))
        case 11: return .period(period())
        case 12: return .weekdays(some(of: Weekday.allCases), offset())
        case 13: return .hours(from: timeOfDay(), until: timeOfDay(), offset())
        case 14: return .attribute("colour", test())
        case 15: return .all((0..<natural(through: 2)).map { _ in condition(depth: depth - 1) })
        case 16: return .any((0..<natural(through: 2)).map { _ in condition(depth: depth - 1) })
        case 17: return .not(condition(depth: depth - 1))
        default: return .always
        }
    }

    mutating func filter(depth: Int) -> LineFilter {
        switch natural(through: depth > 0 ? 12 : 9) {
        case 0: return .lines(some(of: ["l0", "l1", "l2"]))
        case 1: return .skus(some(of: Self.skus))
        case 2: return .products(some(of: Self.products))
        case 3: return .categories(some(of: Self.categories))
        case 4: return .sellers(some(of: Self.sellers))
        case 5: return .attribute("colour", test())
        case 6: return .unitPrice(amounts())
        case 7: return .lineQuantity(counts())
        case 8: return .alreadyDiscounted
        case 10: return .all((0..<natural(through: 2)).map { _ in filter(depth: depth - 1) })
        case 11: return .any((0..<natural(through: 2)).map { _ in filter(depth: depth - 1) })
        case 12: return .not(filter(depth: depth - 1))
        default: return .every
        }
    }

    private mutating func test() -> AttributeTest {
        switch natural(through: 2) {
        case 0: .anyOf(some(of: Self.colours))
        case 1: .noneOf(some(of: Self.colours))
        default: .number(counts())
        }
    }

    private mutating func amounts() -> AmountRange {
        let (one, other) = (money(), money())
        let low = one.minorUnits < other.minorUnits ? one : other
        let high = one.minorUnits < other.minorUnits ? other : one
        return AmountRange(atLeast: isHeads() ? low : nil, atMost: isHeads() ? high : nil)
    }

    private mutating func counts() -> CountRange {
        let isWild = size == .extreme && isHeads()
        let one = isWild ? Int(clamping: run.integer()) : natural(through: 8)
        let other = isWild ? Int(clamping: run.integer()) : natural(through: 8)
        return CountRange(atLeast: isHeads() ? min(one, other) : nil, atMost: isSeldom(4) ? max(one, other) : nil)
    }

    private mutating func offset() -> UTCOffset {
        UTCOffset(minutes: natural(through: 2 * UTCOffset.maximumMinutes) - UTCOffset.maximumMinutes) ?? .utc
    }

    /// Full hours, both ends of the day among them, and some minutes.
    private static let timesOfDay =
        (0...24).compactMap { TimeOfDay(hour: $0) } + [1, 59].compactMap { TimeOfDay(hour: 12, minute: $0) }

    private mutating func timeOfDay() -> TimeOfDay { element(of: Self.timesOfDay) }
}
