import MarketplaceCore
import MarketplacePromotions

extension PricingAudit {
    /// Claims are those of the promotions that applied, and within what is left of their limits.
    mutating func auditClaims() {
        var claims: [QuotaClaim] = []
        for (promotion, _, result) in applied {
            let limits = promotion.limits
            func claim(_ quota: QuotaClaim.Quota, _ amount: Int64, _ limit: Int64) {
                claims.append(QuotaClaim(promotion: promotion.id, quota: quota, amount: amount, limit: limit))
            }
            if let limit = limits.total { claim(.total, 1, limit) }
            if let limit = limits.perMember, let member = pricing.buyer.member { claim(.member(member), 1, limit) }
            if let limit = limits.perAttribute, let value = pricing.buyer.attributes[limit.name] {
                claim(.attribute(name: limit.name, value: value), 1, limit.limit)
            }
            if let budget = limits.budget, result.amount.isPositive {
                claim(.budget(budget.currency), result.amount.minorUnits, budget.minorUnits)
            }
        }
        let found = priced.claims
        expect(found == claims, "claims are \(found), not \(claims)")
        for claim in found {
            let usage = pricing.usage[claim.promotion] ?? PromotionUsage()
            let used =
                switch claim.quota {
                case .total: usage.total
                case .member: usage.byMember
                case .attribute: usage.byAttribute
                case .budget, .code: usage.spentMinor
                }
            if case .budget = claim.quota, pricing.policy.budgetCheck == .eachShare { continue }
            expect(
                Int128(used) + Int128(claim.amount) <= Int128(claim.limit),
                "\(claim) is above its limit, used \(used)"
            )
        }
    }

    /// What applied to the order goes together.
    mutating func auditStacking() {
        let all = appliedToOrder
        let program = pricing.policy.stacking
        if let exclusive = all.first(where: \.promotion.stacking.isExclusive) {
            expect(all.count == 1, "\(exclusive.promotion.id) is exclusive, and others applied")
        }
        for (position, one) in all.enumerated() {
            for other in all[(position + 1)...] {
                let combines =
                    one.promotion.combines(with: other.promotion) && other.promotion.combines(with: one.promotion)
                expect(combines, "\(one.promotion.id) and \(other.promotion.id) do not go together")
                if let code = one.code, let second = other.code, code != second {
                    let isAlone = one.promotion.stacking.isUsedAlone || other.promotion.stacking.isUsedAlone
                    expect(!isAlone, "\(code) and \(second) are used together, one of which is to be used alone")
                }
            }
        }
        for rule in program.classes
        where program.classes.first(where: { $0.stackingClass == rule.stackingClass }) == rule {
            let count = all.count { $0.promotion.stacking.stackingClass == rule.stackingClass }
            expect(rule.admits == .all || count <= 1, "\(count) promotions of \(rule.stackingClass) applied")
        }
        if let maximum = program.maximumCodes {
            expect(Set(all.compactMap(\.code)).count <= max(0, maximum), "more codes than \(maximum) are used")
        }
    }

    /// Units count once, as far as the policy says.
    mutating func auditUnits() {
        var discounted: [BasketLineID: Int] = [:]
        var bought: [BasketLineID: Int] = [:]
        for (promotion, _, result) in appliedToOrder {
            var own: [BasketLineID: Int] = [:]
            for share in result.lines { own[share.line, default: 0] += share.units }
            for units in result.bought { own[units.line, default: 0] += units.units }
            for (line, units) in own {
                let quantity = priced.line(line)?.quantity.value ?? 0
                expect(units <= quantity, "\(promotion.id) uses \(units) units of \(line), which has \(quantity)")
            }
            guard promotion.consumes != .nothing else { continue }
            for share in result.lines { discounted[share.line, default: 0] += share.units }
            for units in result.bought { bought[units.line, default: 0] += units.units }
        }
        for line in priced.lines {
            let quantity = line.quantity.value
            let (got, paid) = (discounted[line.id] ?? 0, bought[line.id] ?? 0)
            switch pricing.policy.consumption {
            case .none: break
            case .everyUse:
                expect(got + paid <= quantity, "\(got) + \(paid) units of \(line.id), which has \(quantity)")
            case .eachRole: expect(max(got, paid) <= quantity, "\(got) or \(paid) of \(line.id), which has \(quantity)")
            }
        }
    }

    mutating func auditCodes() {
        expect(priced.codes.map(\.code) == pricing.codes.map(\.code), "codes are others than were entered")
        let used = Set(applied.compactMap(\.code))
        for code in priced.codes {
            expect(code.isUsed == used.contains(code.code), "\(code.code) is said to be used: \(code.isUsed)")
        }
        for (promotion, code, _) in applied {
            expect((promotion.activation == .automatic) == (code == nil), "\(promotion.id) applies by \(code as Any)")
        }
    }
}

extension Promotion {
    /// Whether it changes prices of the catalogue.
    var isOfCatalogue: Bool {
        if case .cataloguePrice = benefit { true } else { false }
    }

    /// Whether this one agrees to go together with another.
    func combines(with other: Promotion) -> Bool {
        switch stacking.combinesWith {
        case .everything: true
        case .classes(let classes): classes.contains(other.stacking.stackingClass)
        }
    }
}
