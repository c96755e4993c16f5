import MarketplaceCore

extension PricingRun {
    /// The units in a scope, line by line; as many as a pick admits, in its order.
    ///
    /// Where the number is limited, lines that cannot be reduced any further are passed over.
    func units(in scope: PromotionScope, _ state: PriceState) -> [UnitGroup] {
        let pick = scope.units
        let isLimited = pick?.perOrder != nil || pick?.perLine != nil
        var groups: [UnitGroup] = []
        groups.reserveCapacity(basket.lines.count)
        for index in basket.lines.indices {
            guard basket.lines[index].isDiscountable, state.left[index] > 0, accepts(scope.lines, index, in: state)
            else {
                continue
            }
            if isLimited, state.room[index] == 0 { continue }
            let units = min(discountableUnits(of: index, in: state), pick?.perLine ?? .max)
            if units > 0 { groups.append(UnitGroup(line: index, units: units)) }
        }
        guard let perOrder = pick?.perOrder else { return groups }
        var left = perOrder
        var picked: [UnitGroup] = []
        for group in sorted(groups, by: pick?.order ?? policy.unitOrder, in: state) where left > 0 {
            picked.append(UnitGroup(line: group.line, units: min(group.units, left)))
            left -= min(group.units, left)
        }
        return picked.sorted { $0.line < $1.line }
    }

    /// Groups in the order of their units; ties stay in the order of the lines.
    func sorted(_ groups: [UnitGroup], by order: UnitOrder, in state: PriceState) -> [UnitGroup] {
        let key: [Int64]
        let isAscending: Bool
        switch order {
        case .lineOrder: return groups
        case .cheapestFirst: (key, isAscending) = (state.unitPrice, true)
        case .dearestFirst: (key, isAscending) = (state.unitPrice, false)
        case .largestLineFirst: (key, isAscending) = (state.subtotal, false)
        }
        return groups.sorted { left, right in
            let (leftKey, rightKey) = (key[left.line], key[right.line])
            if leftKey == rightKey { return left.line < right.line }
            return (leftKey < rightKey) == isAscending
        }
    }

    /// What so many units of a line count for, exactly: what percentages are taken of.
    func base(of group: UnitGroup, in state: PriceState) -> ExactAmount {
        let index = group.line
        switch policy.base {
        case .originalPrice: return ExactAmount(state.unitPrice[index] * Int64(group.units))
        case .remainingPrice:
            return ExactAmount(state.left[index], parts: group.units, of: basket.lines[index].quantity.value)
        case .untouchedUnitsFirst:
            return ExactAmount(min(state.unitPrice[index] * Int64(group.units), state.left[index]))
        }
    }

    /// What so many units of a line cost now, cut off to whole minor units: what a price in their place is held against.
    func presentPrice(of group: UnitGroup, in state: PriceState) -> Int64 {
        ExactAmount(state.left[group.line], parts: group.units, of: basket.lines[group.line].quantity.value).floor
    }

    /// The most that can be taken off so many units of a line.
    func cap(of group: UnitGroup, in state: PriceState) -> Int64 {
        min(state.room[group.line], base(of: group, in: state).floor)
    }

    /// The repetitions of a purchase that gets other units cheaper; both lists are empty when there are too few units.
    ///
    /// Which units a repetition takes depends on the order of lines alone, so it is repeated as it is until one of its
    /// lines runs short: there are at most as many different repetitions as lines, however many units there are.
    func repetitions(
        of offer: BuyGet,
        scope: PromotionScope,
        _ state: PriceState
    ) -> (bought: [UnitGroup], got: [UnitGroup]) {
        var pool = RepetitionPool(offer: offer, run: self, scope: scope, state)
        while let repetition = pool.next() {
            pool.take(repetition)
        }
        return (pool.boughtGroups, pool.gotGroups)
    }
}

/// The units a purchase that gets others cheaper can still take.
private struct RepetitionPool {
    /// The units of one repetition, and how often it is repeated as it is.
    struct Repetition {
        var bought: [UnitGroup]
        var got: [UnitGroup]
        var times: Int
    }

    private(set) var boughtGroups: [UnitGroup] = []
    private(set) var gotGroups: [UnitGroup] = []
    private let offer: BuyGet
    /// The lines to buy from and to get from, each in its order.
    private let boughtLines: [Int]
    private let gotLines: [Int]
    /// From where on either has units left.
    private var boughtStart = 0
    private var gotStart = 0
    /// What is left of each line for either purpose.
    private var boughtLeft: [Int]
    private var gotLeft: [Int]
    private var repeatsLeft: Int
    private var discountedLeft: Int

    init(offer: BuyGet, run: PricingRun, scope: PromotionScope, _ state: PriceState) {
        self.offer = offer
        let lines = run.basket.lines
        boughtLeft = lines.indices.map { run.countableUnits(of: $0, in: state) }
        gotLeft = lines.indices.map { run.discountableUnits(of: $0, in: state) }
        let all = lines.indices.map { UnitGroup(line: $0, units: lines[$0].quantity.value) }
        let bought = all.filter { run.accepts(offer.bought ?? scope.lines, $0.line, in: state) }
        let got = all.filter { group in
            lines[group.line].isDiscountable && state.room[group.line] > 0
                && run.accepts(offer.got ?? scope.lines, group.line, in: state)
        }
        let canBeGot = Set(got.map(\.line))
        let sorted = run.sorted(bought, by: offer.boughtOrder ?? run.policy.boughtOrder, in: state).map(\.line)
        // What can be got is bought last: else the one piece that could be free would be what is paid for.
        boughtLines = sorted.filter { !canBeGot.contains($0) } + sorted.filter(canBeGot.contains)
        gotLines = run.sorted(got, by: offer.gotOrder ?? run.policy.gotOrder, in: state).map(\.line)
        repeatsLeft = offer.repeats ?? .max
        discountedLeft = scope.units?.perOrder ?? .max
    }

    /// The units of the next repetition; nil when there are too few.
    mutating func next() -> Repetition? {
        guard repeatsLeft > 0, discountedLeft >= offer.gotUnits else { return nil }
        guard let bought = Self.pick(offer.boughtUnits, from: boughtLines, &boughtStart, left: boughtLeft) else {
            return nil
        }
        for group in bought { gotLeft[group.line] -= group.units }
        let found = Self.pick(offer.gotUnits, from: gotLines, &gotStart, left: gotLeft)
        for group in bought { gotLeft[group.line] += group.units }
        guard let got = found else { return nil }
        var needed: [Int: (bought: Int, got: Int)] = [:]
        for group in bought { needed[group.line, default: (0, 0)].bought += group.units }
        for group in got { needed[group.line, default: (0, 0)].got += group.units }
        var times = min(repeatsLeft, discountedLeft / offer.gotUnits)
        for (line, units) in needed {
            let together = units.bought + units.got
            if units.bought > 0 { times = min(times, max(1, boughtLeft[line] / together)) }
            if units.got > 0 { times = min(times, max(1, gotLeft[line] / together)) }
        }
        return Repetition(bought: bought, got: got, times: times)
    }

    mutating func take(_ repetition: Repetition) {
        for (groups, isGot) in [(repetition.bought, false), (repetition.got, true)] {
            for group in groups {
                let units = group.units * repetition.times
                // A unit is bought or got, and not again for either.
                boughtLeft[group.line] -= units
                gotLeft[group.line] -= units
                let taken = UnitGroup(line: group.line, units: units, unitsOfRepetition: group.units)
                if isGot { gotGroups.append(taken) } else { boughtGroups.append(taken) }
            }
        }
        repeatsLeft -= repetition.times
        discountedLeft -= repetition.times * offer.gotUnits
    }

    /// So many units from lines in their order; nil when there are too few.
    ///
    /// Lines that have none are passed over for good: what is taken is never put back, and the picks of all repetitions
    /// together take as long as the lines are many.
    private static func pick(_ units: Int, from lines: [Int], _ start: inout Int, left: [Int]) -> [UnitGroup]? {
        while start < lines.count, left[lines[start]] <= 0 { start += 1 }
        var needed = units
        var groups: [UnitGroup] = []
        for line in lines[start...] where left[line] > 0 {
            let taken = min(left[line], needed)
            groups.append(UnitGroup(line: line, units: taken))
            needed -= taken
            if needed == 0 { return groups }
        }
        return nil
    }
}
