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
            let promotion = promotions[candidate.index]
            if let refusal = none.refusal(of: promotion, code: candidate.code) {
                refusedExclusives[candidate.index] = refusal
                continue
            }
            switch try attempt(promotion, in: state) {
            case .refused(let refusal): refusedExclusives[candidate.index] = refusal
            case .draft(let draft):
                applyAlone(candidate, draft, of: candidates, refused: refusedExclusives, to: &state, &builder)
                return
            }
        }
        var combination = none
        var position = candidates.startIndex
        while position < candidates.endIndex {
            let candidate = candidates[position]
            let promotion = promotions[candidate.index]
            if let refusal = refusedExclusives[candidate.index] {
                builder.refuse(candidate.index, code: candidate.code, refusal)
            } else if policy.stacking.admission(of: promotion.stacking.stackingClass) == .best {
                let end = endOfClass(candidates, from: position)
                try applyBestOfClass(candidates[position..<end], &combination, to: &state, &builder)
                position = end
                continue
            } else {
                try apply(candidate, &combination, to: &state, &builder)
            }
            position += 1
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
        let promotion = promotions[candidate.index]
        if let refusal = combination.refusal(of: promotion, code: candidate.code) {
            builder.refuse(candidate.index, code: candidate.code, refusal)
            return
        }
        switch try attempt(promotion, in: state) {
        case .refused(let refusal): builder.refuse(candidate.index, code: candidate.code, refusal)
        case .draft(let draft):
            builder.apply(candidate.index, code: candidate.code, draft)
            combination.insert(promotion, code: candidate.code)
            state.take(draft)
        }
    }

    /// Where the candidates of one class that stand next to each other end.
    private func endOfClass(_ candidates: [Candidate], from start: Int) -> Int {
        let stackingClass = promotions[candidates[start].index].stacking.stackingClass
        return candidates[start...].firstIndex {
            let rule = promotions[$0.index].stacking
            return rule.stackingClass != stackingClass || rule.isExclusive
        } ?? candidates.endIndex
    }

    /// Applies the one of a class that takes most off where the class stands.
    private func applyBestOfClass(
        _ candidates: ArraySlice<Candidate>,
        _ combination: inout Combination,
        to state: inout PriceState,
        _ builder: inout OutcomeBuilder
    ) throws(PricingError) {
        var attempts: [(candidate: Candidate, attempt: Attempt)] = []
        var best: (index: Int, draft: PromotionDraft)?
        for candidate in candidates {
            let promotion = promotions[candidate.index]
            let attempt =
                if let refusal = combination.refusal(of: promotion, code: candidate.code) {
                    Attempt.refused(refusal)
                } else {
                    try self.attempt(promotion, in: state)
                }
            attempts.append((candidate, attempt))
            if case .draft(let draft) = attempt, draft.amount > best?.draft.amount ?? -1 {
                best = (candidate.index, draft)
            }
        }
        for (candidate, attempt) in attempts {
            switch attempt {
            case .refused(let refusal): builder.refuse(candidate.index, code: candidate.code, refusal)
            case .draft(let draft) where candidate.index == best?.index:
                builder.apply(candidate.index, code: candidate.code, draft)
            case .draft:
                let rule = promotions[candidate.index].stacking
                let applied = best.map { promotions[$0.index].id } ?? promotions[candidate.index].id
                builder.refuse(
                    candidate.index,
                    code: candidate.code,
                    .oneOfItsClass(rule.stackingClass, applied: applied)
                )
            }
        }
        if let best, let code = attempts.first(where: { $0.candidate.index == best.index })?.candidate.code {
            combination.insert(promotions[best.index], code: code)
        } else if let best {
            combination.insert(promotions[best.index], code: nil)
        }
        if let best { state.take(best.draft) }
    }
}
