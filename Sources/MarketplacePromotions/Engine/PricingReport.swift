import MarketplaceCore

/// Turns the numbers of a pricing into what the caller reads.
struct PricingReport {
    let run: PricingRun
    let state: PriceState
    let builder: OutcomeBuilder
    let matches: CodeMatches

    private var currency: Currency { run.basket.currency }

    private func money(_ minor: Int64) -> Money { Money(minorUnits: minor, currency) }

    func basket(_ search: CombinationSearch?) throws(PricingError) -> PricedBasket {
        var shares = [[PricedLine.Share]](repeating: [], count: run.basket.lines.count)
        let appliedCount = builder.entries.count { if case .draft = $0.result { true } else { false } }
        // Most promotions touch most lines: room is made once.
        for index in shares.indices { shares[index].reserveCapacity(appliedCount) }
        var outcomes: [PromotionOutcome] = []
        outcomes.reserveCapacity(builder.entries.count)
        var gifts: [GiftLine] = []
        var claims: [QuotaClaim] = []
        for entry in builder.entries {
            let promotion = run.promotions[entry.index].id
            switch entry.result {
            case .refused(let refusal):
                outcomes.append(PromotionOutcome(promotion: promotion, code: entry.code, result: .refused(refusal)))
            case .draft(let draft):
                outcomes.append(
                    PromotionOutcome(
                        promotion: promotion,
                        code: entry.code,
                        result: .applied(try applied(entry.index, draft))
                    )
                )
                claims += self.claims(of: entry.index, draft)
                if let gift = draft.gift { gifts.append(GiftLine(promotion: promotion, gift: gift)) }
                guard !run.promotions[entry.index].benefit.isOfCatalogue else { continue }
                for take in draft.lines {
                    shares[take.line].append(
                        PricedLine.Share(promotion: promotion, units: take.units, amount: money(take.amount))
                    )
                }
            }
        }
        let taxes = try PricedTaxes(run: run, state: state)
        return PricedBasket(
            lines: lines(shares, taxes),
            shipping: shipping(taxes),
            gifts: gifts,
            outcomes: outcomes,
            codes: codeOutcomes(),
            totals: totals(taxes),
            taxes: taxes.totals,
            claims: claims,
            search: search
        )
    }

    private func lines(_ shares: [[PricedLine.Share]], _ taxes: PricedTaxes) -> [PricedLine] {
        run.basket.lines.indices.map { index in
            let line = run.basket.lines[index]
            let discount = money(state.subtotal[index] - state.left[index])
            return PricedLine(
                id: line.id,
                unitPrice: money(state.unitPrice[index]),
                quantity: line.quantity,
                subtotal: money(state.subtotal[index]),
                discount: discount,
                shares: shares[index],
                unitDiscounts: UnitSplit(discount, over: line.quantity.value, remainder: run.policy.unitRemainder),
                before: taxes.linesBefore[index],
                paid: taxes.linesPaid[index]
            )
        }
    }

    private func shipping(_ taxes: PricedTaxes) -> [PricedShipping] {
        run.basket.shipping.indices.map { index in
            let charge = run.basket.shipping[index]
            return PricedShipping(
                id: charge.id,
                price: charge.price,
                discount: money(charge.price.minorUnits - state.shippingLeft[index]),
                before: taxes.shippingBefore[index],
                paid: taxes.shippingPaid[index]
            )
        }
    }

    private func totals(_ taxes: PricedTaxes) -> PricingTotals {
        let goods = state.subtotal.reduce(0, +)
        let shipping = run.basket.shipping.reduce(0) { $0 + $1.price.minorUnits }
        return PricingTotals(
            goods: money(goods),
            goodsDiscount: money(goods - state.goodsLeft),
            shipping: money(shipping),
            shippingDiscount: money(shipping - state.shippingLeft.reduce(0, +)),
            net: money(taxes.net),
            tax: money(taxes.gross - taxes.net),
            total: money(taxes.gross)
        )
    }

    private func applied(_ promotion: Int, _ draft: PromotionDraft) throws(PricingError) -> AppliedPromotion {
        AppliedPromotion(
            promotion: run.promotions[promotion].id,
            amount: money(draft.amount),
            lines: draft.lines.map { take in
                AppliedPromotion.LineShare(
                    line: run.basket.lines[take.line].id,
                    units: take.units,
                    amount: money(take.amount)
                )
            },
            shipping: draft.shipping.map { take in
                AppliedPromotion.ShippingShare(charge: run.basket.shipping[take.line].id, amount: money(take.amount))
            },
            bought: draft.bought.map { group in
                AppliedPromotion.BoughtUnits(line: run.basket.lines[group.line].id, units: group.units)
            },
            costs: try costs(of: promotion, draft)
        )
    }

    /// Who pays how much: whole minor units for each seller, and the platform all that is left.
    private func costs(
        of promotion: Int,
        _ draft: PromotionDraft
    ) throws(PricingError) -> [AppliedPromotion.CostShare] {
        let bearer = run.promotions[promotion].bearer
        guard bearer != .platform, draft.amount > 0 else {
            return draft.amount > 0 ? [AppliedPromotion.CostShare(seller: nil, amount: money(draft.amount))] : []
        }
        var order: [SellerKey] = []
        var taken: [SellerKey: Int64] = [:]
        let takes =
            draft.lines.map { (run.basket.lines[$0.line].seller, $0.amount) }
            + draft.shipping.map { (run.basket.shipping[$0.line].seller, $0.amount) }
        for case (let seller?, let amount) in takes {
            if taken[seller] == nil { order.append(seller) }
            taken[seller, default: 0] += amount
        }
        var platform = draft.amount
        var shares: [AppliedPromotion.CostShare] = []
        for seller in order {
            var amount = taken[seller] ?? 0
            if case .shared(let percentage) = bearer {
                amount = try ExactAmount(amount).share(percentage, rounding: .down)
            }
            guard amount > 0 else { continue }
            platform -= amount
            shares.append(AppliedPromotion.CostShare(seller: seller, amount: money(amount)))
        }
        guard platform > 0 else { return shares }
        return [AppliedPromotion.CostShare(seller: nil, amount: money(platform))] + shares
    }

    private func claims(of index: Int, _ draft: PromotionDraft) -> [QuotaClaim] {
        guard !run.promotions[index].limits.isEmpty else { return [] }
        let (promotion, limits) = (run.promotions[index].id, run.promotions[index].limits)
        var claims: [QuotaClaim] = []
        func claim(_ quota: QuotaClaim.Quota, _ amount: Int64, _ limit: Int64) {
            claims.append(QuotaClaim(promotion: promotion, quota: quota, amount: amount, limit: limit))
        }
        if let limit = limits.total { claim(.total, 1, limit) }
        if let limit = limits.perMember, let member = run.buyer.member { claim(.member(member), 1, limit) }
        if let limit = limits.perAttribute, let value = run.buyer.attributes[limit.name] {
            claim(.attribute(name: limit.name, value: value), 1, limit.limit)
        }
        if let budget = limits.budget, draft.amount > 0 {
            claim(.budget(budget.currency), draft.amount, budget.minorUnits)
        }
        return claims
    }

    private func codeOutcomes() -> [CodeOutcome] {
        guard !run.codes.isEmpty else { return [] }
        var used: Set<CouponCode> = []
        for entry in builder.entries {
            if case .draft = entry.result, let code = entry.code { used.insert(code) }
        }
        return zip(run.codes, matches.promotions).map { presented, indices in
            CodeOutcome(
                code: presented.code,
                promotions: indices.map { run.promotions[$0].id },
                isUsed: used.contains(presented.code)
            )
        }
    }
}
