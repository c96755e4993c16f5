import MarketplaceCore

/// Benefits of several units together: purchases that get others cheaper, bundles, tiers, shipping.
extension PricingRun {
    func buyGet(
        _ offer: BuyGet,
        _ scope: PromotionScope,
        shareLimit: Int64?,
        _ state: PriceState
    ) throws(PricingError) -> Attempt {
        let (bought, got) = repetitions(of: offer, scope: scope, state)
        guard !got.isEmpty else {
            let wanted = offer.boughtUnits + offer.gotUnits
            let lines = offer.got == offer.bought ? offer.bought ?? scope.lines : .every
            let found = quantity(of: lines, in: state)
            return .refused(.tooFewUnits(found: found, wanted: wanted))
        }
        // Groups of one line in several repetitions are reckoned together: what is left of a line is taken once.
        let groups = shareLimit == nil ? together(got) : got
        let amounts: [Int64]
        switch offer.reward {
        case .percentOff(let percentage):
            amounts = try percent(percentage, off: groups, state)
        case .amountOff(let amount):
            amounts = groups.map { group in
                let (product, overflow) = amount.minorUnits.multipliedReportingOverflow(by: Int64(group.units))
                return min(overflow ? .max : product, cap(of: group, in: state))
            }
        case .price(let price):
            amounts = groups.map { group in
                let (kept, overflow) = price.minorUnits.multipliedReportingOverflow(by: Int64(group.units))
                let present = presentPrice(of: group, in: state)
                return overflow ? 0 : min(max(0, present - kept), cap(of: group, in: state))
            }
        }
        var draft = draft(groups, bounded(amounts, of: groups, state), shareLimit: shareLimit)
        draft.bought = together(bought)
        return .draft(draft)
    }

    /// Groups of one line as one, in the order of the lines.
    private func together(_ groups: [UnitGroup]) -> [UnitGroup] {
        var result: [UnitGroup] = []
        for group in groups.sorted(by: { $0.line < $1.line }) {
            if let last = result.indices.last, result[last].line == group.line {
                result[last].units += group.units
                result[last].unitsOfRepetition += group.units
            } else {
                result.append(UnitGroup(line: group.line, units: group.units))
            }
        }
        return result
    }

    /// Amounts off groups some of which are of one line, no more together than the line has room for.
    private func bounded(_ amounts: [Int64], of groups: [UnitGroup], _ state: PriceState) -> [Int64] {
        var room = state.room
        return zip(amounts, groups).map { amount, group in
            let taken = min(amount, room[group.line])
            room[group.line] -= taken
            return taken
        }
    }

    /// Bundles of so many units in the order of units, each for a price.
    func bundles(
        _ price: Money,
        size: Int,
        repeats: Int?,
        _ scope: PromotionScope,
        shareLimit: Int64?,
        _ state: PriceState
    ) throws(PricingError) -> Attempt {
        let groups = sorted(units(in: scope, state), by: scope.units?.order ?? policy.boughtOrder, in: state)
        let found = groups.reduce(0) { $0 + $1.units }
        guard found >= size else {
            return .refused(groups.isEmpty ? .noMatchingLines : .tooFewUnits(found: found, wanted: size))
        }
        var left = groups.map(\.units)
        var taken = [Int](repeating: 0, count: groups.count)
        var bundlesLeft = repeats ?? .max
        var position = 0
        var amount: Int64 = 0
        while bundlesLeft > 0, let bundle = nextBundle(of: size, from: &position, left: left) {
            let parts = bundle.map { UnitGroup(line: groups[$0.line].line, units: $0.units) }
            let value = parts.reduce(0) { $0 + presentPrice(of: $1, in: state) }
            let saving = max(0, value - price.minorUnits)
            // As it is, until one of its lines runs short; those that are left alone are not counted, and so not bounded.
            let bound = saving > 0 ? bundlesLeft : .max
            let times = min(bound, bundle.map { left[$0.line] / $0.units }.min() ?? 1)
            for part in bundle {
                left[part.line] -= part.units * times
                if saving > 0 { taken[part.line] += part.units * times }
            }
            guard saving > 0 else { continue }
            // No bundle saves more than its units cost, and those fit together.
            amount += saving * Int64(times)
            bundlesLeft -= times
        }
        let chosen = zip(groups, taken).filter { $1 > 0 }.map { UnitGroup(line: $0.line, units: $1) }
            .sorted { $0.line < $1.line }
        guard !chosen.isEmpty else { return .refused(.nothingToTakeOff) }
        return .draft(draft(chosen, try spread(amount, by: .byValue, over: chosen, state), shareLimit: shareLimit))
    }

    /// The positions and units of the next bundle, from a position on; nil when there are too few units.
    private func nextBundle(of size: Int, from position: inout Int, left: [Int]) -> [UnitGroup]? {
        while position < left.count, left[position] == 0 { position += 1 }
        var needed = size
        var bundle: [UnitGroup] = []
        for index in position..<left.count where left[index] > 0 {
            let units = min(left[index], needed)
            bundle.append(UnitGroup(line: index, units: units))
            needed -= units
            if needed == 0 { return bundle }
        }
        return nil
    }

    func attempt(
        _ tiers: BenefitTiers,
        on scope: PromotionScope,
        shareLimit: Int64?,
        _ state: PriceState
    ) throws(PricingError) -> Attempt {
        let lowest = tiers.tiers.map(\.from).min() ?? 0
        let measure: Int64
        switch tiers.measure {
        case .lineTotal, .lineQuantity:
            return try attemptLineByLine(tiers, lowest: lowest, on: scope, shareLimit: shareLimit, state)
        case .goodsTotal: measure = total(of: .every, in: state)
        case .scopeTotal: measure = total(of: scope.lines, in: state)
        case .scopeQuantity: measure = Int64(quantity(of: scope.lines, in: state))
        case .shippingTotal:
            measure =
                policy.conditionBase == .originalPrice
                ? basket.shipping.reduce(0) { $0 + $1.price.minorUnits } : state.shippingLeft.reduce(0, +)
        }
        guard let benefit = tiers.benefit(at: measure) else {
            return .refused(notReached(tiers, found: measure, lowest: lowest))
        }
        return try attempt(benefit, on: scope, shareLimit: shareLimit, state)
    }

    private func notReached(_ tiers: BenefitTiers, found: Int64, lowest: Int64) -> PromotionRefusal {
        guard tiers.measure.isAmount else { return .tierQuantityNotReached(found: found, lowest: lowest) }
        return .tierAmountNotReached(
            found: Money(minorUnits: found, basket.currency),
            lowest: Money(minorUnits: lowest, basket.currency)
        )
    }

    private func attemptLineByLine(
        _ tiers: BenefitTiers,
        lowest: Int64,
        on scope: PromotionScope,
        shareLimit: Int64?,
        _ state: PriceState
    ) throws(PricingError) -> Attempt {
        let groups = units(in: scope, state)
        guard !groups.isEmpty else { return .refused(.noMatchingLines) }
        var result = PromotionDraft()
        var highest: Int64 = 0
        for group in groups {
            let measure =
                switch (tiers.measure, policy.conditionBase) {
                case (.lineQuantity, _): Int64(basket.lines[group.line].quantity.value)
                case (_, .originalPrice): state.subtotal[group.line]
                case (_, .remainingPrice): state.left[group.line]
                }
            highest = max(highest, measure)
            guard let benefit = tiers.benefit(at: measure) else { continue }
            let part = draft([group], try amounts(benefit, off: [group], state), shareLimit: shareLimit)
            result.lines += part.lines
            result.amount += part.amount
            result.largestShareLeftOut = max(result.largestShareLeftOut, part.largestShareLeftOut)
        }
        guard highest >= lowest else { return .refused(notReached(tiers, found: highest, lowest: lowest)) }
        return .draft(result)
    }

    /// As many more units as a condition asked for, the dearest first, count as used.
    func consuming(
        _ draft: PromotionDraft,
        for condition: PromotionCondition,
        _ state: PriceState
    ) -> PromotionDraft {
        var draft = draft
        var used = [Int](repeating: 0, count: basket.lines.count)
        for take in draft.lines { used[take.line] += take.units }
        for group in draft.bought { used[group.line] += group.units }
        for need in condition.needs {
            var missing = max(0, need.amount)
            for index in basket.lines.indices where accepts(need.filter, index, in: state) {
                missing -= need.isMoney ? state.unitPrice[index] * Int64(used[index]) : Int64(used[index])
            }
            let all = basket.lines.indices.map { UnitGroup(line: $0, units: countableUnits(of: $0, in: state)) }
            for group in sorted(all, by: .dearestFirst, in: state)
            where missing > 0 && accepts(need.filter, group.line, in: state) {
                let worth = need.isMoney ? state.unitPrice[group.line] : 1
                let free = group.units - used[group.line]
                guard worth > 0, free > 0 else { continue }
                let wanted = (missing - 1) / worth + 1
                let units = min(free, Int(clamping: wanted))
                draft.bought.append(UnitGroup(line: group.line, units: units))
                used[group.line] += units
                missing -= worth * Int64(units)
            }
        }
        draft.bought = together(draft.bought)
        return draft
    }
}

extension PromotionCondition {
    /// What a condition asks of the goods: an amount or a number of units of some lines.
    struct Need {
        let amount: Int64
        let isMoney: Bool
        let filter: LineFilter
    }

    /// What it asks of the goods whichever way it holds.
    var needs: [Need] {
        switch self {
        case .all(let conditions): conditions.flatMap(\.needs)
        case .total(let range, let filter):
            range.atLeast.map { [Need(amount: $0.minorUnits, isMoney: true, filter: filter)] } ?? []
        case .quantity(let range, let filter):
            range.atLeast.map { [Need(amount: Int64($0), isMoney: false, filter: filter)] } ?? []
        default: []
        }
    }
}
