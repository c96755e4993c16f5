import MarketplaceCore

extension PricingRun {
    /// Applies candidates in order, each that goes together with those before it.
    ///
    /// Exclusive ones are tried first: one that applies leaves no other.
    func applyInOrder(
        _ candidates: [Candidate],
        to state: inout PriceState,
        _ builder: inout OutcomeBuilder
    ) throws(PricingError) {
        var refusedExclusives: [Int: PromotionRefusal] = [:]
        let none = Combination(policy.stacking)
        for candidate in candidates where promotions[candidate.index].stacking.isExclusive {
            if let refusal = none.refusal(of: promotions[candidate.index].stacking, code: candidate.code) {
                refusedExclusives[candidate.index] = refusal
                continue
            }
            switch try attempt(candidate.index, in: state) {
            case .refused(let refusal): refusedExclusives[candidate.index] = refusal
            case .draft(let draft):
                applyAlone(candidate, draft, of: candidates, refused: refusedExclusives, to: &state, &builder)
                return
            }
        }
        var combination = none
        var decided = Set(refusedExclusives.keys)
        for (position, candidate) in candidates.enumerated() {
            if let refusal = refusedExclusives[candidate.index] {
                builder.refuse(candidate.index, code: candidate.code, refusal)
            } else if decided.contains(candidate.index) {
                continue
            } else if policy.stacking.admission(of: promotions[candidate.index].stacking.stackingClass) == .best {
                try applyBestOfClass(candidates[position...], &combination, to: &state, &builder, &decided)
            } else {
                try apply(candidate, &combination, to: &state, &builder)
            }
        }
    }

    private func applyAlone(
        _ exclusive: Candidate,
        _ draft: PromotionDraft,
        of candidates: [Candidate],
        refused: [Int: PromotionRefusal],
        to state: inout PriceState,
        _ builder: inout OutcomeBuilder
    ) {
        let id = promotions[exclusive.index].id
        for candidate in candidates {
            if candidate.index == exclusive.index {
                builder.apply(candidate.index, code: candidate.code, draft)
            } else {
                builder.refuse(candidate.index, code: candidate.code, refused[candidate.index] ?? .excludedBy(id))
            }
        }
        state.take(draft)
    }

    private func apply(
        _ candidate: Candidate,
        _ combination: inout Combination,
        to state: inout PriceState,
        _ builder: inout OutcomeBuilder
    ) throws(PricingError) {
        if let refusal = combination.refusal(of: promotions[candidate.index].stacking, code: candidate.code) {
            builder.refuse(candidate.index, code: candidate.code, refusal)
            return
        }
        switch try attempt(candidate.index, in: state) {
        case .refused(let refusal): builder.refuse(candidate.index, code: candidate.code, refusal)
        case .draft(let draft):
            builder.apply(candidate.index, code: candidate.code, draft)
            combination.insert(
                promotions[candidate.index].id,
                promotions[candidate.index].stacking,
                code: candidate.code
            )
            state.take(draft)
        }
    }

    /// Applies the one of the first candidate's class that takes most off, where the first of them stands that applies.
    ///
    /// Those that do not apply there are refused for good, so that none of them decides where the class stands.
    private func applyBestOfClass(
        _ candidates: ArraySlice<Candidate>,
        _ combination: inout Combination,
        to state: inout PriceState,
        _ builder: inout OutcomeBuilder,
        _ decided: inout Set<Int>
    ) throws(PricingError) {
        var attempts: [(candidate: Candidate, attempt: Attempt)] = []
        var best: (candidate: Candidate, draft: PromotionDraft)?
        let stackingClass = candidates.first.map { promotions[$0.index].stacking.stackingClass }
        for candidate in candidates where !decided.contains(candidate.index) {
            guard promotions[candidate.index].stacking.stackingClass == stackingClass else { continue }
            let attempt =
                if let refusal = combination.refusal(of: promotions[candidate.index].stacking, code: candidate.code) {
                    Attempt.refused(refusal)
                } else {
                    try self.attempt(candidate.index, in: state)
                }
            attempts.append((candidate, attempt))
            if case .draft(let draft) = attempt, draft.amount > best?.draft.amount ?? -1 { best = (candidate, draft) }
            // The first does not apply: the class stands where the next one does.
            if best == nil { break }
        }
        for (candidate, attempt) in attempts {
            decided.insert(candidate.index)
            switch attempt {
            case .refused(let refusal): builder.refuse(candidate.index, code: candidate.code, refusal)
            case .draft(let draft):
                guard let best, candidate.index != best.candidate.index else {
                    builder.apply(candidate.index, code: candidate.code, draft)
                    continue
                }
                let applied = promotions[best.candidate.index]
                let refusal = PromotionRefusal.oneOfItsClass(applied.stacking.stackingClass, applied: applied.id)
                builder.refuse(candidate.index, code: candidate.code, refusal)
            }
        }
        guard let best else { return }
        let winner = best.candidate
        combination.insert(promotions[winner.index].id, promotions[winner.index].stacking, code: winner.code)
        state.take(best.draft)
    }
}
