import MarketplaceCore

extension PricingRun {
    /// Applies prices of the catalogue, in order, and leaves the promotions of the order among the candidates.
    ///
    /// Each is reckoned from the price the one before it has left, rounded for one unit.
    func applyCatalogue(
        _ candidates: inout [Candidate],
        to state: inout PriceState,
        _ builder: inout OutcomeBuilder
    ) throws(PricingError) {
        guard candidates.contains(where: { promotions[$0.index].benefit.isOfCatalogue }) else { return }
        for candidate in candidates {
            guard case .cataloguePrice(let benefit) = promotions[candidate.index].benefit else { continue }
            if let refusal = refusal(of: promotions[candidate.index].condition, in: state) {
                builder.refuse(candidate.index, code: candidate.code, refusal)
                continue
            }
            let (draft, reduced) = try reduction(by: benefit, of: candidate.index, in: state)
            if let refusal = budgetRefusal(of: candidate.index, draft) {
                builder.refuse(candidate.index, code: candidate.code, refusal)
            } else if draft.isEmpty {
                builder.refuse(candidate.index, code: candidate.code, .nothingToTakeOff)
            } else {
                builder.apply(candidate.index, code: candidate.code, draft)
                state = reduced
            }
        }
        candidates.removeAll { promotions[$0.index].benefit.isOfCatalogue }
    }

    /// What a price of the catalogue takes off, and the state with it.
    private func reduction(
        by benefit: CatalogueBenefit,
        of promotion: Int,
        in state: PriceState
    ) throws(PricingError) -> (PromotionDraft, PriceState) {
        let shareLimit = shareLimit(of: promotion) ?? .max
        var state = state
        var draft = PromotionDraft()
        for group in units(in: PromotionScope(lines: promotions[promotion].scope.lines), state) {
            let line = basket.lines[group.line]
            let price = state.unitPrice[group.line]
            let wanted = try Self.price(benefit, of: price, rounding: policy.rounding)
            let lowest = min(price, max(wanted, line.minimumUnitPrice?.minorUnits ?? 0))
            guard lowest < price else { continue }
            let amount = (price - lowest) * Int64(line.quantity.value)
            guard amount <= shareLimit else {
                draft.largestShareLeftOut = max(draft.largestShareLeftOut, amount)
                continue
            }
            draft.lines.append(Take(line: group.line, units: line.quantity.value, amount: amount))
            draft.amount += amount
            state.setUnitPrice(lowest, of: group.line, line)
        }
        return (draft, state)
    }

    private static func price(
        _ benefit: CatalogueBenefit,
        of price: Int64,
        rounding: RoundingMode
    ) throws(PricingError) -> Int64 {
        switch benefit {
        case .percentOff(let percentage): price - (try ExactAmount(price).share(percentage, rounding: rounding))
        case .amountOff(let amount): price - min(price, amount.minorUnits)
        case .price(let wanted): wanted.minorUnits
        }
    }
}
