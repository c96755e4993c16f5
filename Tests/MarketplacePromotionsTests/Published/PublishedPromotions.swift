import MarketplaceCore
import MarketplacePromotions

/// Rules as most groups write them, as promotions.
extension PublishedCase {
    /// The promotions of the case, in the order they are listed.
    func promotions(_ change: (PublishedValue, inout Promotion) throws -> Void = { _, _ in }) throws -> [Promotion] {
        try (self["promotions"]?.array ?? []).enumerated().map { index, rule in
            var promotion = Promotion(try PromotionID("promotion \(index)"), try benefit(of: rule))
            promotion.scope = try scope(of: rule)
            promotion.condition = try condition(of: rule)
            promotion.stacking.priority = try rule["priority"]?.whole() ?? 0
            promotion.stacking.isExclusive = rule["exclusive"]?.isTrue == true
            promotion.stacking.stackingClass = Self.stackingClass(of: promotion.benefit)
            try change(rule, &promotion)
            return promotion
        }
    }

    private static func stackingClass(of benefit: PromotionBenefit) -> StackingClass {
        switch benefit {
        case .percentOff, .amountOffEachUnit, .amountOffEachLine, .amountOffFirstUnit, .priceEachUnit, .buyGet: .product
        case .shipping: .shipping
        default: .order
        }
    }

    private func benefit(of rule: PublishedValue) throws -> PromotionBenefit {
        func amount(_ key: String = "value") throws -> Money {
            guard let value = rule[key] else { throw PublishedCaseError("\(rule) has no \(key)") }
            return try money(value)
        }
        func percent() throws -> Percentage {
            guard let value = rule["value"] else { throw PublishedCaseError("\(rule) has no value") }
            return try percentage(value)
        }
        let cap = try rule["max_discount"].map(money)
        switch rule["kind"]?.text {
        case "percent": return .percentOff(try percent(), cap: cap)
        case "percent_across": return .percentOffOrder(try percent(), cap: cap)
        case "fixed_across", "fixed": return .amountOffOrder(try amount())
        case "fixed_per_unit": return .amountOffEachUnit(try amount())
        case "fixed_per_line": return .amountOffEachLine(try amount())
        case "order_fixed_price": return .priceOfOrder(try amount())
        case "unit_fixed_price": return .priceEachUnit(try amount())
        case "order_total_fixed": return .amountOffGoodsAndShipping(try amount())
        case "order_total_percent": return .percentOffGoodsAndShipping(try percent())
        case "cheapest_free": return .percentOff(.whole)
        case "bundle_fixed_price":
            guard let units = rule["condition"]?["value"] else { throw PublishedCaseError("a bundle of no size") }
            return .bundlePrice(try amount(), units: try units.whole(), repeats: 1)
        case "shipping_percent": return .shipping(.percentOff(try percent()))
        case "shipping_fixed", "shipping_amount": return .shipping(.amountOff(try amount()))
        case "shipping_fixed_price": return .shipping(.price(try amount()))
        case "free_shipping": return .shipping(.free)
        case "catalog_percent": return .cataloguePrice(.percentOff(try percent()))
        case "catalog_fixed": return .cataloguePrice(.amountOff(try amount()))
        case "first_plus_additional":
            return .amountOffFirstUnit(try amount("first"), furtherUnits: try amount("additional"))
        case "tiered_percent", "tiered_fixed", "tiered_percent_on_quantity": return .tiers(try tiers(of: rule))
        case let kind: throw PublishedCaseError("unknown kind of promotion \(kind ?? "none")")
        }
    }

    private func tiers(of rule: PublishedValue) throws -> BenefitTiers {
        let isShipping = rule["target"]?.text == "shipping"
        let isQuantity = rule["kind"]?.text == "tiered_percent_on_quantity"
        let isPercent = rule["kind"]?.text != "tiered_fixed"
        func benefit(_ value: PublishedValue) throws -> PromotionBenefit {
            switch (isPercent, isShipping) {
            case (true, false): .percentOff(try percentage(value))
            case (true, true): .shipping(.percentOff(try percentage(value)))
            case (false, false): .amountOffEachLine(try money(value))
            case (false, true): .shipping(.amountOff(try money(value)))
            }
        }
        guard let base = rule["base"] else { throw PublishedCaseError("tiers without a base") }
        var tiers = [BenefitTiers.Tier(from: 0, try benefit(base))]
        for (from, value) in rule["tiers"]?.object ?? [:] {
            let bound = PublishedValue.text(from)
            tiers.append(
                BenefitTiers.Tier(from: isQuantity ? Int64(try bound.whole()) : try minor(bound), try benefit(value))
            )
        }
        let measure: BenefitTiers.Measure =
            isShipping ? .shippingTotal : isQuantity ? .scopeQuantity : isPercent ? .goodsTotal : .lineTotal
        return BenefitTiers(by: measure, tiers)
    }

    private func scope(of rule: PublishedValue) throws -> PromotionScope {
        var filters: [LineFilter] = []
        if let low = rule["item_min_price"] { filters.append(.unitPrice(.atLeast(try money(low)))) }
        if let high = rule["item_max_price"] { filters.append(.unitPrice(.atMost(try money(high)))) }
        if let categories = rule["categories"] { filters.append(.categories(categories.texts)) }
        if let lines = rule["eligible_lines"] { filters.append(.lines(try lines.texts.map { try BasketLineID($0) })) }
        if rule["exclude_already_discounted"]?.isTrue == true { filters.append(.not(.alreadyDiscounted)) }
        if self["lines"]?.array.contains(where: { $0["eligible"] != nil }) == true {
            filters.append(.attribute("eligible", .anyOf(["true"])))
        }
        var scope = PromotionScope(lines: filters.isEmpty ? .every : .all(filters))
        if let units = rule["max_affected_units"] { scope.units = UnitPick(perOrder: try units.whole()) }
        if let units = try rule["max_units"]?.whole(), units > 0 { scope.units = UnitPick(perLine: units) }
        if rule["kind"]?.text == "cheapest_free" { scope.units = .cheapest(1) }
        return scope
    }

    private func condition(of rule: PublishedValue) throws -> PromotionCondition {
        var conditions: [PromotionCondition] = []
        if let condition = rule["condition"], let value = condition["value"] {
            switch condition["type"]?.text {
            case "count": conditions.append(.quantity(.atLeast(try value.whole())))
            case "value": conditions.append(.total(.atLeast(try money(value))))
            case "coverage": conditions.append(.distinctProducts(.atLeast(try value.whole())))
            case let type: throw PublishedCaseError("unknown condition \(type ?? "none")")
            }
        }
        for key in ["min_items_total", "min_order_total", "min_total", "min_order"] {
            if let total = rule[key] { conditions.append(.total(.atLeast(try money(total)))) }
        }
        if let units = rule["min_quantity"] { conditions.append(.quantity(.atLeast(try units.whole()))) }
        if let units = rule["min_line_quantity"] {
            conditions.append(.quantity(.atLeast(1), of: .lineQuantity(.atLeast(try units.whole()))))
        }
        if let categories = rule["requires_any_category"] {
            conditions.append(.quantity(.atLeast(1), of: .categories(categories.texts)))
        }
        if let code = rule["currency"]?.text { conditions.append(.currencies([try Currency(code: code.uppercased())])) }
        return conditions.isEmpty ? .always : .all(conditions)
    }
}
