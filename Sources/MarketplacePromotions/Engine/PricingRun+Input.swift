import MarketplaceCore

extension PricingRun {
    /// The most promotions that are priced at once: what a busy shop has in use at one time.
    static let maximumPromotions = 10_000
    /// The most codes that can be entered for one basket.
    static let maximumCodes = 100

    /// The currency of each promotion's amounts, of promotions that are all rules.
    static func checkedCurrencies(of promotions: [Promotion]) throws(PricingError) -> [Currency?] {
        guard promotions.count <= maximumPromotions else {
            throw .tooManyPromotions(promotions.count, maximum: maximumPromotions)
        }
        var ids = Set<PromotionID>(minimumCapacity: promotions.count)
        var currencies: [Currency?] = []
        currencies.reserveCapacity(promotions.count)
        for promotion in promotions {
            guard ids.insert(promotion.id).inserted else { throw .doublePromotion(promotion.id) }
            var check = PromotionCheck()
            check.visit(promotion)
            if let problem = check.problem { throw .invalidPromotion(promotion.id, problem) }
            currencies.append(check.currency)
        }
        return currencies
    }

    /// The codes that are entered together although one of them is to be used alone; none when that is respected.
    ///
    /// A code that brings nothing whatever is in the basket is none of them: it must not forbid the others.
    func lonelyCodes(_ codesOfPromotions: [CouponCode?], _ refusals: [PromotionRefusal?]) -> [CouponCode] {
        guard policy.stacking.usedAlone != .asExclusive else { return [] }
        var known: [CouponCode] = []
        var hasLonely = false
        for index in promotions.indices where refusals[index] == nil {
            guard let code = codesOfPromotions[index] else { continue }
            if !known.contains(code) { known.append(code) }
            if promotions[index].stacking.isUsedAlone { hasLonely = true }
        }
        return hasLonely && known.count > 1 ? known : []
    }

    /// Why a promotion does not apply because a code is not used alone; nil when it may.
    func lonelyRefusal(of index: Int, code: CouponCode?, _ lonely: [CouponCode]) -> PromotionRefusal? {
        guard code != nil, !lonely.isEmpty else { return nil }
        let isRefused = promotions[index].stacking.isUsedAlone || policy.stacking.usedAlone == .refuseEveryCode
        return isRefused ? .usedAlone(with: lonely) : nil
    }

    /// Why a promotion does not apply, whatever is in the basket and whichever others apply; nil when it may.
    func staticRefusal(of index: Int, code: CouponCode?) -> PromotionRefusal? {
        guard promotions[index].isActive else { return .inactive }
        if let from = promotions[index].period.from, time < from { return .notStarted(from) }
        if let until = promotions[index].period.until, time >= until { return .ended(until) }
        if code == nil, case .code = promotions[index].activation { return .codeNotEntered }
        if let currency = currencies[index], currency != basket.currency {
            return .wrongCurrency(promotion: currency, basket: basket.currency)
        }
        return limitRefusal(of: index)
    }

    private func limitRefusal(of index: Int) -> PromotionRefusal? {
        guard !promotions[index].limits.isEmpty else { return nil }
        let limits = promotions[index].limits
        let used = usage[promotions[index].id] ?? PromotionUsage()
        if let limit = limits.total, used.total >= limit {
            return .limitReached(.total, limit: limit, used: used.total)
        }
        if let limit = limits.perMember {
            guard let member = buyer.member else { return .buyerUnknown(attribute: nil) }
            if used.byMember >= limit { return .limitReached(.member(member), limit: limit, used: used.byMember) }
        }
        if let limit = limits.perAttribute {
            guard let value = buyer.attributes[limit.name] else { return .buyerUnknown(attribute: limit.name) }
            if used.byAttribute >= limit.limit {
                let quota = QuotaClaim.Quota.attribute(name: limit.name, value: value)
                return .limitReached(quota, limit: limit.limit, used: used.byAttribute)
            }
        }
        if let budget = limits.budget, used.spentMinor >= budget.minorUnits {
            return .limitReached(.budget(budget.currency), limit: budget.minorUnits, used: used.spentMinor)
        }
        return nil
    }

    /// What is left of a promotion's budget in minor units; nil when it has none.
    private func budgetLeft(of index: Int) -> Int64? {
        guard let budget = promotions[index].limits.budget else { return nil }
        let spent = usage[promotions[index].id]?.spentMinor ?? 0
        let (left, overflow) = budget.minorUnits.subtractingReportingOverflow(spent)
        return overflow ? .max : max(0, left)
    }

    /// The most that one share of a promotion may take off, where each is held against the budget alone.
    func shareLimit(of index: Int) -> Int64? {
        policy.budgetCheck == .eachShare ? budgetLeft(of: index) : nil
    }

    /// Why a promotion's budget does not admit a discount; nil when it does.
    func budgetRefusal(of index: Int, _ draft: PromotionDraft) -> PromotionRefusal? {
        guard let limit = promotions[index].limits.budget, let left = budgetLeft(of: index) else { return nil }
        let holdsWhole = policy.budgetCheck == .wholeDiscount
        let wanted = holdsWhole || !draft.isEmpty ? draft.amount : draft.largestShareLeftOut
        guard wanted > left, holdsWhole || draft.isEmpty else { return nil }
        let spent = usage[promotions[index].id]?.spentMinor ?? 0
        return .budgetExhausted(limit: limit, spentMinor: spent, wanted: Money(minorUnits: wanted, basket.currency))
    }
}
