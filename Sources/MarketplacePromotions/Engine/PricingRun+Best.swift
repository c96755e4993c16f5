import MarketplaceCore

extension PricingRun {
    /// How often the better neighbours of a combination are looked for where not every combination is tried.
    private static let maximumImprovementRounds = 8
    /// How many promotions are tried in all for that, beyond which the best combination so far is taken.
    ///
    /// Trying one takes about a microsecond for every ten lines: a price must not be waited for.
    private static let maximumTrials = 200_000

    /// Applies the legal combination that takes most off.
    ///
    /// A combination applies in the order of its candidates. Of several that take the same off, it is the one that has
    /// the earlier candidates.
    func applyBest(
        _ candidates: [Candidate],
        exactUpTo: Int,
        to state: inout PriceState,
        _ builder: inout OutcomeBuilder
    ) throws(PricingError) -> CombinationSearch {
        var open: [Candidate] = []
        var early: [Int: PromotionRefusal] = [:]
        for candidate in candidates {
            if case .refused(let refusal) = try attempt(candidate.index, in: state), isFinal(refusal) {
                early[candidate.index] = refusal
            } else {
                open.append(candidate)
            }
        }
        let limit = min(exactUpTo, StackingProgram.Selection.maximumExactCandidates)
        let isExhaustive = open.count <= limit
        let chosen: Set<Int>
        if isExhaustive {
            var search = CombinationTree(run: self, candidates: open)
            try search.visit(0, state, Combination(policy.stacking), [])
            chosen = Set(search.best)
        } else {
            chosen = try goodCombination(open, state)
        }
        try applyChosen(chosen, of: candidates, early: early, to: &state, &builder)
        return CombinationSearch(candidates: open.count, isExhaustive: isExhaustive)
    }

    /// Whether a promotion that does not apply alone, for this reason, never does, whatever applies before it.
    ///
    /// Others only take off and use up. That brings an amount to a condition or a budget that asks for no more, and
    /// limited units to lines that have something to take off; conditions and tiers see it unless they look at original
    /// prices and all units.
    private func isFinal(_ refusal: PromotionRefusal) -> Bool {
        let isTimeless = policy.conditionBase == .originalPrice && policy.consumption == .none
        switch refusal {
        case .budgetExhausted, .nothingToTakeOff: return false
        case .total, .quantity, .distinctProducts, .noMatchingLines, .tooFewUnits: return isTimeless
        case .noneHolds(let refusals): return refusals.allSatisfy(isFinal)
        case .excluded(let condition): return isTimeless || !condition.looksAtGoods
        default: return true
        }
    }

    /// What a combination takes off; those of it that do not go together with earlier ones are left out.
    private func value(
        of chosen: Set<Int>,
        _ candidates: [Candidate],
        _ state: PriceState
    ) throws(PricingError) -> (discount: Int64, applied: Set<Int>) {
        var state = state
        var combination = Combination(policy.stacking)
        var applied: Set<Int> = []
        for candidate in candidates where chosen.contains(candidate.index) {
            guard combination.refusal(of: promotions[candidate.index].stacking, code: candidate.code) == nil,
                case .draft(let draft) = try attempt(candidate.index, in: state)
            else { continue }
            combination.insert(
                promotions[candidate.index].id,
                promotions[candidate.index].stacking,
                code: candidate.code
            )
            applied.insert(candidate.index)
            state.take(draft)
        }
        return (state.discount, applied)
    }

    /// A good combination of many candidates: the best of what applies in order and each alone, then improved by adding
    /// or leaving out one candidate at a time as long as that takes more off.
    private func goodCombination(_ candidates: [Candidate], _ state: PriceState) throws(PricingError) -> Set<Int> {
        var best = try value(of: try appliedInOrder(candidates, state), candidates, state)
        for candidate in candidates {
            let alone = try value(of: [candidate.index], [candidate], state)
            if alone.discount > best.discount { best = alone }
        }
        // One round for each candidate tries all candidates twice.
        var trialsLeft = Self.maximumTrials
        for _ in 0..<Self.maximumImprovementRounds {
            var isImproved = false
            for candidate in candidates {
                trialsLeft -= 2 * candidates.count
                guard trialsLeft >= 0 else { return best.applied }
                let neighbour = try value(of: best.applied.symmetricDifference([candidate.index]), candidates, state)
                let preferring = try value(of: preferred(candidate, to: best.applied), candidates, state)
                for found in [neighbour, preferring] where found.discount > best.discount {
                    best = found
                    isImproved = true
                }
            }
            if !isImproved { break }
        }
        return best.applied
    }

    /// The candidates that apply where combinations are not looked for.
    private func appliedInOrder(_ candidates: [Candidate], _ state: PriceState) throws(PricingError) -> Set<Int> {
        var state = state
        var builder = OutcomeBuilder(promotionCount: candidates.count)
        try applyInOrder(candidates, to: &state, &builder)
        return Set(
            builder.entries.compactMap { entry in
                if case .draft = entry.result { entry.index } else { nil }
            }
        )
    }

    /// A candidate with those of a combination that go together with it.
    private func preferred(_ candidate: Candidate, to applied: Set<Int>) -> Set<Int> {
        let rule = promotions[candidate.index].stacking
        let others = applied.filter { index in
            let other = promotions[index].stacking
            return !rule.isExclusive && !other.isExclusive && rule.combines(with: other)
                && (rule.stackingClass != other.stackingClass
                    || policy.stacking.admission(of: rule.stackingClass) ?? .all == .all)
        }
        return others.union([candidate.index])
    }

    private func applyChosen(
        _ chosen: Set<Int>,
        of candidates: [Candidate],
        early: [Int: PromotionRefusal],
        to state: inout PriceState,
        _ builder: inout OutcomeBuilder
    ) throws(PricingError) {
        var all = Combination(policy.stacking)
        for candidate in candidates where chosen.contains(candidate.index) {
            all.insert(promotions[candidate.index].id, promotions[candidate.index].stacking, code: candidate.code)
        }
        for candidate in candidates {
            if let refusal = early[candidate.index] {
                builder.refuse(candidate.index, code: candidate.code, refusal)
                continue
            }
            switch (try attempt(candidate.index, in: state), chosen.contains(candidate.index)) {
            case (.draft(let draft), true):
                builder.apply(candidate.index, code: candidate.code, draft)
                state.take(draft)
            case (.refused(let refusal), _): builder.refuse(candidate.index, code: candidate.code, refusal)
            case (.draft, false):
                let refusal =
                    all.refusal(of: promotions[candidate.index].stacking, code: candidate.code) ?? .notInBestCombination
                builder.refuse(candidate.index, code: candidate.code, refusal)
            }
        }
    }
}

/// Every legal combination of candidates, as a tree: each candidate is in it or not.
private struct CombinationTree {
    let run: PricingRun
    let candidates: [Candidate]
    private(set) var best: [Int] = []
    private var bestDiscount: Int64 = -1

    init(run: PricingRun, candidates: [Candidate]) {
        self.run = run
        self.candidates = candidates
    }

    mutating func visit(
        _ position: Int,
        _ state: PriceState,
        _ combination: Combination,
        _ chosen: [Int]
    ) throws(PricingError) {
        guard position < candidates.count else {
            if state.discount > bestDiscount {
                bestDiscount = state.discount
                best = chosen
            }
            return
        }
        let candidate = candidates[position]
        let rule = run.promotions[candidate.index].stacking
        if combination.refusal(of: rule, code: candidate.code) == nil,
            case .draft(let draft) = try run.attempt(candidate.index, in: state)
        {
            var next = state
            next.take(draft)
            var joined = combination
            joined.insert(run.promotions[candidate.index].id, rule, code: candidate.code)
            try visit(position + 1, next, joined, chosen + [candidate.index])
        }
        try visit(position + 1, state, combination, chosen)
    }
}

extension PromotionCondition {
    /// Whether it depends on what goods cost and how many there are, which others may change.
    var looksAtGoods: Bool {
        switch self {
        case .total, .quantity, .distinctProducts: true
        case .all(let conditions), .any(let conditions): conditions.contains(where: \.looksAtGoods)
        case .not(let condition): condition.looksAtGoods
        default: false
        }
    }
}
