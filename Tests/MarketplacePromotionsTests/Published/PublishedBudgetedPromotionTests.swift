import MarketplaceCore
import MarketplacePromotions
import Testing

/// Promotions with rules on any attribute, budgets and purchases that get others cheaper, as another engine writes them.
@Suite struct PublishedBudgetedPromotionTests {
    @Test(arguments: try PublishedCase.cases(of: "medusa_compute_actions"))
    func theLargerNumberComesFirst(_ published: PublishedCase) throws {
        let rules = published["promotions"]?.array ?? []
        let promotions = try rules.map { try promotion($0, published) }
        let priced = try published.basket().priced(
            with: promotions,
            codes: (published["codes"]?.texts ?? []).map { PresentedCode(try CouponCode($0)) },
            buyer: BuyerFacts(attributes: attributes(published["context"] ?? .null)),
            usage: try usage(rules, published),
            at: .epoch,
            policy: PublishedPolicies.medusa
        )
        try expect(priced, published)
    }

    private func promotion(_ rule: PublishedValue, _ published: PublishedCase) throws -> Promotion {
        guard let code = rule["code"]?.text else { throw PublishedCaseError("a promotion without a code") }
        var promotion = Promotion(try PromotionID(code), try benefit(of: rule, published))
        promotion.isActive = rule["status"]?.text == "active"
        if rule["automatic"]?.isTrue != true { promotion.activation = .code([try CouponCode(code)]) }
        promotion.condition = .all(try (rule["rules"]?.array ?? []).map { .attribute(try name($0), try test($0)) })
        promotion.scope.lines = try filter(rule["target_rules"])
        let units = try rule["max_quantity"]?.whole()
        switch (rule["kind"]?.text, rule["allocation"]?.text) {
        case ("buyget", _): promotion.scope.units = UnitPick(perOrder: units ?? 1)
        case (_, "each"): promotion.scope.units = UnitPick(perLine: units ?? 1)
        case (_, "once"): promotion.scope.units = .cheapest(units ?? 1)
        default: break
        }
        promotion.consumes = rule["kind"]?.text == "buyget" ? .discounted : .nothing
        switch rule["budget"]?["type"]?.text {
        case "spend": promotion.limits.budget = try rule["budget"]?["limit"].map(published.money)
        case "usage": promotion.limits.total = try rule["budget"]?["limit"].map { Int64(try $0.whole()) }
        case nil: break
        case let type?: throw PublishedCaseError("unknown budget \(type)")
        }
        return promotion
    }

    private func benefit(of rule: PublishedValue, _ published: PublishedCase) throws -> PromotionBenefit {
        guard let value = rule["value"] else { throw PublishedCaseError("a promotion without a value") }
        let isPercent = rule["value_type"]?.text == "percent"
        if rule["kind"]?.text == "buyget" {
            guard let bought = rule["buy_min_quantity"], let got = rule["get_quantity"] else {
                throw PublishedCaseError("a purchase without units")
            }
            return .buyGet(
                BuyGet(
                    buy: try bought.whole(),
                    of: try filter(rule["buy_rules"]),
                    get: try got.whole(),
                    reward: isPercent
                        ? .percentOff(try published.percentage(value)) : .amountOff(try published.money(value))
                )
            )
        }
        switch (rule["target"]?.text, isPercent, rule["allocation"]?.text) {
        case ("shipping_methods", true, _):
            return .shipping(.percentOff(try published.percentage(value)), attribute: try shippingTest(rule))
        case ("shipping_methods", false, "across"):
            return .shipping(.amountOff(try published.money(value)), attribute: try shippingTest(rule))
        case ("shipping_methods", false, _):
            return .shipping(.amountOffEach(try published.money(value)), attribute: try shippingTest(rule))
        case (_, true, _): return .percentOff(try published.percentage(value))
        case (_, false, "across"): return .amountOffOrder(try published.money(value))
        case (_, false, _): return .amountOffEachUnit(try published.money(value))
        }
    }

    private func name(_ rule: PublishedValue) throws -> String {
        guard let name = rule["attr"]?.text else { throw PublishedCaseError("a rule without an attribute") }
        return name
    }

    private func test(_ rule: PublishedValue) throws -> AttributeTest {
        let values = rule["values"]?.texts ?? []
        func bound() throws -> Int { try (rule["values"]?.array.first ?? .null).whole() }
        switch rule["op"]?.text {
        case "in", "eq": return .anyOf(values)
        case "ne": return .noneOf(values)
        case "gte": return .number(.atLeast(try bound()))
        case "lte": return .number(.atMost(try bound()))
        case "gt": return .number(.atLeast(try bound() + 1))
        case "lt": return .number(.atMost(try bound() - 1))
        case let op: throw PublishedCaseError("unknown operator \(op ?? "none")")
        }
    }

    private func filter(_ rules: PublishedValue?) throws -> LineFilter {
        .all(try (rules?.array ?? []).map { .attribute(try name($0), try test($0)) })
    }

    private func shippingTest(_ rule: PublishedValue) throws -> PromotionBenefit.AttributeCondition? {
        let rules = rule["target_rules"]?.array ?? []
        guard rules.count < 2 else { throw PublishedCaseError("several rules of shipping") }
        return try rules.first.map { PromotionBenefit.AttributeCondition(try name($0), try test($0)) }
    }

    private func usage(_ rules: [PublishedValue], _ published: PublishedCase) throws -> [PromotionID: PromotionUsage] {
        var usage: [PromotionID: PromotionUsage] = [:]
        for rule in rules {
            guard let code = rule["code"]?.text, let used = rule["budget"]?["used"] else { continue }
            usage[try PromotionID(code)] =
                rule["budget"]?["type"]?.text == "spend"
                ? PromotionUsage(spentMinor: try published.minor(used))
                : PromotionUsage(total: Int64(try used.whole()))
        }
        return usage
    }

    /// Nested facts by their path: `customer.customer_group.id`.
    private func attributes(_ value: PublishedValue, path: String = "") -> [String: String] {
        if let text = value.text { return [path: text] }
        return value.object.reduce(into: [:]) { result, entry in
            let inner = path.isEmpty ? entry.key : "\(path).\(entry.key)"
            result.merge(attributes(entry.value, path: inner)) { first, _ in first }
        }
    }

    private func expect(_ priced: PricedBasket, _ published: PublishedCase) throws {
        var found: [String: Int64] = [:]
        for promotion in priced.applied {
            for share in promotion.lines { found["\(promotion.promotion) \(share.line)"] = share.amount.minorUnits }
            for share in promotion.shipping {
                found["\(promotion.promotion) \(share.charge)"] = share.amount.minorUnits
            }
        }
        var wanted: [String: Int64] = [:]
        for discount in published.expected["discounts"]?.array ?? [] {
            guard let target = (discount["line"] ?? discount["shipping"])?.text, let code = discount["code"]?.text,
                let amount = discount["amount"]
            else { throw PublishedCaseError("\(discount) is no discount") }
            wanted["\(code) \(target)", default: 0] += try published.minor(amount)
        }
        #expect(found == wanted)
        for code in published.expected["budget_exceeded"]?.texts ?? [] {
            let outcome = try #require(priced.outcome(of: try PromotionID(code)))
            switch outcome.refusal {
            case .limitReached, .budgetExhausted: break
            case let refusal: Issue.record("\(code) is not over its budget but \(String(describing: refusal))")
            }
        }
    }
}
