import MarketplaceCore

extension PricingRun {
    /// What a promotion takes off where it stands, or why it does not apply.
    ///
    /// Promotions are read field by field: a whole one is too much to copy for every step.
    func attempt(_ index: Int, in state: PriceState) throws(PricingError) -> Attempt {
        let consumes = promotions[index].consumes
        if consumes == .nothing, !state.discountedUnits.isEmpty {
            return try attempt(index, in: state.countingEveryUnit)
        }
        if let refusal = refusal(of: promotions[index].condition, in: state) { return .refused(refusal) }
        let shareLimit = shareLimit(of: index)
        let attempt = try attempt(promotions[index].benefit, on: promotions[index].scope, shareLimit: shareLimit, state)
        guard case .draft(var draft) = attempt else { return attempt }
        if let refusal = budgetRefusal(of: index, draft) { return .refused(refusal) }
        guard !draft.isEmpty else { return .refused(.nothingToTakeOff) }
        draft.usesUnits = consumes != .nothing
        guard consumes == .qualifying, !state.discountedUnits.isEmpty else { return .draft(draft) }
        return .draft(consuming(draft, for: promotions[index].condition, state))
    }

    /// What a benefit takes off.
    func attempt(
        _ benefit: PromotionBenefit,
        on scope: PromotionScope,
        shareLimit: Int64?,
        _ state: PriceState
    ) throws(PricingError) -> Attempt {
        switch benefit {
        case .percentOff, .amountOffEachUnit, .amountOffEachLine, .amountOffFirstUnit, .priceEachUnit,
            .amountOffOrder, .percentOffOrder, .priceOfOrder:
            let groups = units(in: scope, state)
            guard !groups.isEmpty else { return .refused(.noMatchingLines) }
            let amounts = try amounts(benefit, off: groups, state)
            return .draft(draft(groups, amounts, shareLimit: shareLimit))
        case .bundlePrice(let price, let size, let repeats):
            return try bundles(price, size: size, repeats: repeats, scope, shareLimit: shareLimit, state)
        case .buyGet(let offer):
            return try buyGet(offer, scope, shareLimit: shareLimit, state)
        case .tiers(let tiers):
            return try attempt(tiers, on: scope, shareLimit: shareLimit, state)
        case .gift(let gift):
            var draft = PromotionDraft()
            draft.gift = gift
            return .draft(draft)
        case .shipping(let benefit, let condition):
            return try shipping(benefit, condition, shareLimit: shareLimit, state)
        case .amountOffGoodsAndShipping, .percentOffGoodsAndShipping:
            return try goodsAndShipping(benefit, scope, shareLimit: shareLimit, state)
        case .cataloguePrice:
            // Applied to prices before any promotion of the order; validated never to be reached from a tier.
            return .refused(.nothingToTakeOff)
        }
    }

    /// The takes of groups of units, a line once each; shares above a limit of their own are left out.
    func draft(_ groups: [UnitGroup], _ amounts: [Int64], shareLimit: Int64?) -> PromotionDraft {
        var draft = PromotionDraft()
        draft.lines.reserveCapacity(groups.count)
        var isInOrder = true
        for (group, amount) in zip(groups, amounts) where amount > 0 {
            if let shareLimit {
                let share = ExactAmount(amount, parts: group.unitsOfRepetition, of: group.units).floor
                guard share <= shareLimit else {
                    draft.largestShareLeftOut = max(draft.largestShareLeftOut, share)
                    continue
                }
            }
            if let last = draft.lines.last, last.line >= group.line { isInOrder = false }
            draft.lines.append(Take(line: group.line, units: group.units, amount: amount))
            draft.amount += amount
        }
        if !isInOrder { draft.lines = merged(draft.lines) }
        return draft
    }

    private func merged(_ takes: [Take]) -> [Take] {
        var result: [Take] = []
        for take in takes.sorted(by: { $0.line < $1.line }) {
            if let last = result.indices.last, result[last].line == take.line {
                result[last].units += take.units
                result[last].amount += take.amount
            } else {
                result.append(take)
            }
        }
        return result
    }

    /// What a benefit of lines takes off each group of units.
    func amounts(
        _ benefit: PromotionBenefit,
        off groups: [UnitGroup],
        _ state: PriceState
    ) throws(PricingError) -> [Int64] {
        switch benefit {
        case .percentOff(let percentage, let cap):
            return try percent(percentage, off: groups, cap: cap, state)
        case .amountOffEachUnit(let amount):
            return groups.map { min(times(amount, $0.units), self.cap(of: $0, in: state)) }
        case .amountOffEachLine(let amount):
            return groups.map { min(amount.minorUnits, cap(of: $0, in: state)) }
        case .amountOffFirstUnit(let first, let further):
            return groups.map { group in
                // Neither unit has more taken off than it costs: what one cannot take does not go to another.
                let unit = base(of: UnitGroup(line: group.line, units: 1), in: state).floor
                let amount = min(first.minorUnits, unit) + min(further.minorUnits, unit) * Int64(group.units - 1)
                return min(amount, cap(of: group, in: state))
            }
        case .priceEachUnit(let price):
            return groups.map { group in
                let kept = times(price, group.units)
                return min(max(0, presentPrice(of: group, in: state) - kept), cap(of: group, in: state))
            }
        case .amountOffOrder(let amount, let spread):
            return try self.spread(amount.minorUnits, by: spread, over: groups, state)
        case .percentOffOrder(let percentage, let cap):
            let goods = groups.reduce(0) { $0 + base(of: $1, in: state).floor }
            let amount = try ExactAmount(goods).share(percentage, rounding: policy.rounding)
            return try spread(min(amount, cap?.minorUnits ?? .max), by: .byValue, over: groups, state)
        case .priceOfOrder(let price):
            let goods = groups.reduce(0) { $0 + presentPrice(of: $1, in: state) }
            return try spread(max(0, goods - price.minorUnits), by: .byValue, over: groups, state)
        default:
            return []
        }
    }

    /// So many times an amount, or as much as there can be: caps come after it.
    private func times(_ amount: Money, _ units: Int) -> Int64 {
        let (product, overflow) = amount.minorUnits.multipliedReportingOverflow(by: Int64(units))
        return overflow ? .max : product
    }

    /// A percentage off each group of units, rounded where the policy says.
    func percent(
        _ percentage: Percentage,
        off groups: [UnitGroup],
        cap: Money? = nil,
        _ state: PriceState
    ) throws(PricingError) -> [Int64] {
        var amounts: [Int64] = []
        amounts.reserveCapacity(groups.count)
        switch policy.roundingPlace {
        case .promotion:
            let weights = groups.map { base(of: $0, in: state).floor }
            let total = try ExactAmount(weights.reduce(0, +)).share(percentage, rounding: policy.rounding)
            let caps = groups.map { self.cap(of: $0, in: state) }
            amounts = try spread(total, over: groups, weights: weights, caps: caps, redistributes: false, state)
        case .line:
            for group in groups {
                let share = try base(of: group, in: state).share(percentage, rounding: policy.rounding)
                amounts.append(min(share, self.cap(of: group, in: state)))
            }
        case .unit:
            for group in groups {
                let share = try base(of: group, in: state)
                    .share(percentage, rounding: policy.rounding, dividedBy: group.units)
                let (product, overflow) = share.multipliedReportingOverflow(by: Int64(group.units))
                amounts.append(min(overflow ? .max : product, self.cap(of: group, in: state)))
            }
        }
        guard let cap = cap?.minorUnits, case let sum = amounts.reduce(0, +), sum > cap else { return amounts }
        return try spread(cap, over: groups, weights: amounts, caps: amounts, state)
    }

    /// An amount off everything together, spread as the rule says.
    func spread(
        _ amount: Int64,
        by spread: PromotionBenefit.Spread,
        over groups: [UnitGroup],
        _ state: PriceState
    ) throws(PricingError) -> [Int64] {
        let weights: [Int64] =
            switch spread {
            case .byValue: groups.map { base(of: $0, in: state).floor }
            case .byUnits: groups.map { Int64($0.units) }
            case .evenly: groups.map { _ in 1 }
            }
        let caps = groups.map { cap(of: $0, in: state) }
        return try self.spread(amount, over: groups, weights: weights, caps: caps, state)
    }
}
