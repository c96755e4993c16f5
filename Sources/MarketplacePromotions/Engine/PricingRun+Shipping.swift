import MarketplaceCore

extension PricingRun {
    func shipping(
        _ benefit: ShippingBenefit,
        _ condition: PromotionBenefit.AttributeCondition?,
        shareLimit: Int64?,
        _ state: PriceState
    ) throws(PricingError) -> Attempt {
        let charges = basket.shipping.indices.filter { index in
            state.shippingLeft[index] > 0
                && (condition.map { $0.test.accepts(basket.shipping[index].attributes[$0.name]) } ?? true)
        }
        guard !charges.isEmpty else { return .refused(.noMatchingLines) }
        let left = charges.map { state.shippingLeft[$0] }
        let amounts: [Int64]
        switch benefit {
        case .percentOff(let percentage):
            var shares: [Int64] = []
            for (index, left) in zip(charges, left) {
                let base = policy.base == .originalPrice ? basket.shipping[index].price.minorUnits : left
                shares.append(min(left, try ExactAmount(base).share(percentage, rounding: policy.rounding)))
            }
            amounts = shares
        case .amountOffEach(let amount): amounts = left.map { min($0, amount.minorUnits) }
        case .amountOff(let amount):
            amounts = try spread(amount.minorUnits, weights: left, caps: left, redistributes: true)
        case .price(let price): amounts = left.map { max(0, $0 - price.minorUnits) }
        }
        var draft = PromotionDraft()
        take(amounts, of: charges, shareLimit: shareLimit, into: &draft)
        return .draft(draft)
    }

    /// An amount or a percentage of goods and shipping together: first one part for the goods and one for shipping,
    /// then each spread.
    func goodsAndShipping(
        _ benefit: PromotionBenefit,
        _ scope: PromotionScope,
        shareLimit: Int64?,
        _ state: PriceState
    ) throws(PricingError) -> Attempt {
        let groups = units(in: scope, state)
        let charges = Array(basket.shipping.indices)
        guard !groups.isEmpty || !charges.isEmpty else { return .refused(.noMatchingLines) }
        let goods = groups.reduce(0) { $0 + base(of: $1, in: state).floor }
        let goodsCap = groups.reduce(0) { $0 + cap(of: $1, in: state) }
        let charged = state.shippingLeft.reduce(0, +)
        let goodsPart: Int64
        let shippingPart: Int64
        switch benefit {
        case .amountOffGoodsAndShipping(let amount):
            let parts = try spread(
                amount.minorUnits,
                weights: [goods, charged],
                caps: [goodsCap, charged],
                redistributes: true
            )
            (goodsPart, shippingPart) = (parts[0], parts[1])
        case .percentOffGoodsAndShipping(let percentage):
            goodsPart = try ExactAmount(goods).share(percentage, rounding: policy.rounding)
            let original = basket.shipping.reduce(0) { $0 + $1.price.minorUnits }
            let base = policy.base == .originalPrice ? original : charged
            shippingPart = min(charged, try ExactAmount(base).share(percentage, rounding: policy.rounding))
        default: return .refused(.nothingToTakeOff)
        }
        var draft = draft(groups, try spread(goodsPart, by: .byValue, over: groups, state), shareLimit: shareLimit)
        let shares = try spread(
            shippingPart,
            weights: state.shippingLeft,
            caps: state.shippingLeft,
            redistributes: true
        )
        take(shares, of: charges, shareLimit: shareLimit, into: &draft)
        return .draft(draft)
    }

    private func take(_ amounts: [Int64], of charges: [Int], shareLimit: Int64?, into draft: inout PromotionDraft) {
        for (index, amount) in zip(charges, amounts) where amount > 0 {
            guard amount <= shareLimit ?? .max else {
                draft.largestShareLeftOut = max(draft.largestShareLeftOut, amount)
                continue
            }
            draft.shipping.append(Take(line: index, units: 1, amount: amount))
            draft.amount += amount
        }
    }
}
