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

    /// The first code that brings each promotion, by its index; nil where none was entered.
    func presentedCodes() -> [CouponCode?] {
        guard !codes.isEmpty else { return [CouponCode?](repeating: nil, count: promotions.count) }
        return promotions.map { promotion in
            guard case .code(let listed) = promotion.activation else { return nil }
            return codes.first { presented in
                if let named = presented.promotion { named == promotion.id } else { listed.contains(presented.code) }
            }?.code
        }
    }

    /// The codes that are entered together although one of them is to be used alone; none when that is respected.
    func lonelyCodes(_ codesOfPromotions: [CouponCode?]) -> [CouponCode] {
        guard policy.stacking.usedAlone != .asExclusive else { return [] }
        var known: [CouponCode] = []
        var hasLonely = false
        for index in promotions.indices {
            guard let code = codesOfPromotions[index] else { continue }
            if !known.contains(code) { known.append(code) }
            if promotions[index].stacking.isUsedAlone { hasLonely = true }
        }
        return hasLonely && known.count > 1 ? known : []
    }

    /// Why a promotion does not apply, whatever is in the basket and whichever others apply; nil when it may.
    func staticRefusal(of index: Int, code: CouponCode?, lonely: [CouponCode]) -> PromotionRefusal? {
        let promotion = promotions[index]
        guard promotion.isActive else { return .inactive }
        if let from = promotion.period.from, time < from { return .notStarted(from) }
        if let until = promotion.period.until, time >= until { return .ended(until) }
        if case .code = promotion.activation, code == nil { return .codeNotEntered }
        if let currency = currencies[index], currency != basket.currency {
            return .wrongCurrency(promotion: currency, basket: basket.currency)
        }
        if code != nil, !lonely.isEmpty, promotion.stacking.isUsedAlone || policy.stacking.usedAlone == .refuseEveryCode
        {
            return .usedAlone(with: lonely)
        }
        return limitRefusal(of: promotion)
    }

    private func limitRefusal(of promotion: Promotion) -> PromotionRefusal? {
        let limits = promotion.limits
        guard limits != .none else { return nil }
        let used = usage[promotion.id] ?? PromotionUsage()
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
    private func budgetLeft(of promotion: Promotion) -> Int64? {
        guard let budget = promotion.limits.budget else { return nil }
        let (left, overflow) = budget.minorUnits.subtractingReportingOverflow(usage[promotion.id]?.spentMinor ?? 0)
        return overflow ? .max : max(0, left)
    }

    /// The most that one share of a promotion may take off, where each is held against the budget alone.
    func shareLimit(of promotion: Promotion) -> Int64? {
        policy.budgetCheck == .eachShare ? budgetLeft(of: promotion) : nil
    }

    /// Why a promotion's budget does not admit a discount; nil when it does.
    func budgetRefusal(of promotion: Promotion, _ draft: PromotionDraft) -> PromotionRefusal? {
        guard let limit = promotion.limits.budget, let left = budgetLeft(of: promotion) else { return nil }
        let holdsWhole = policy.budgetCheck == .wholeDiscount
        let wanted = holdsWhole || !draft.isEmpty ? draft.amount : draft.largestShareLeftOut
        guard wanted > left, holdsWhole || draft.isEmpty else { return nil }
        let spent = usage[promotion.id]?.spentMinor ?? 0
        return .budgetExhausted(limit: limit, spentMinor: spent, wanted: Money(minorUnits: wanted, basket.currency))
    }
}
