import MarketplaceCore

extension PricingRun {
    /// Why a condition does not hold; nil when it does.
    func refusal(of condition: PromotionCondition, in state: PriceState) -> PromotionRefusal? {
        switch condition {
        case .always: return nil
        case .all(let conditions):
            for condition in conditions {
                if let refusal = refusal(of: condition, in: state) { return refusal }
            }
            return nil
        case .any(let conditions):
            var refusals: [PromotionRefusal] = []
            for condition in conditions {
                guard let refusal = refusal(of: condition, in: state) else { return nil }
                refusals.append(refusal)
            }
            return .noneHolds(refusals)
        case .not(let condition):
            return refusal(of: condition, in: state) == nil ? .excluded(condition) : nil
        case .total(let range, let filter):
            let found = total(of: filter, in: state)
            guard !range.contains(minor: found) else { return nil }
            return .total(found: Money(minorUnits: found, basket.currency), wanted: range)
        case .quantity(let range, let filter):
            let found = quantity(of: filter, in: state)
            return range.contains(found) ? nil : .quantity(found: found, wanted: range)
        case .distinctProducts(let range, let filter):
            let found = distinctProducts(of: filter, in: state)
            return range.contains(found) ? nil : .distinctProducts(found: found, wanted: range)
        case .period, .weekdays, .hours: return timeRefusal(of: condition)
        case .currencies(let wanted):
            return wanted.contains(basket.currency) ? nil : .currency(found: basket.currency, wanted: wanted)
        case .member, .groups, .orderNumber, .emailDomains, .countries, .paymentMethods, .attribute:
            return buyerRefusal(of: condition)
        }
    }

    private func timeRefusal(of condition: PromotionCondition) -> PromotionRefusal? {
        switch condition {
        case .period(let period):
            let hasBegun = period.from.map { $0 <= time } ?? true
            let goesOn = period.until.map { time < $0 } ?? true
            return hasBegun && goesOn ? nil : .outsidePeriod(period)
        case .weekdays(let wanted, let offset):
            let found = offset.local(time).weekday
            return wanted.contains(found) ? nil : .weekday(found: found, wanted: wanted)
        case .hours(let from, let until, let offset):
            let minute = offset.local(time).minute
            let isWithin =
                from < until
                ? (from.minute..<until.minute).contains(minute) : minute >= from.minute || minute < until.minute
            return isWithin ? nil : .timeOfDay(from: from, until: until)
        default: return nil
        }
    }

    private func buyerRefusal(of condition: PromotionCondition) -> PromotionRefusal? {
        switch condition {
        case .member: return buyer.member == nil ? .notAMember : nil
        case .groups(let wanted):
            return wanted.contains(where: buyer.groups.contains) ? nil : .groups(wanted: wanted)
        case .orderNumber(let range):
            let holds = buyer.orderNumber.map(range.contains) ?? false
            return holds ? nil : .orderNumber(found: buyer.orderNumber, wanted: range)
        case .emailDomains(let wanted):
            let holds = wanted.contains { domain in
                buyer.verifiedEmailDomains.contains { $0 == domain || $0.hasSuffix("." + domain) }
            }
            return holds ? nil : .emailDomains(wanted: wanted)
        case .countries(let wanted):
            return buyer.country.map(wanted.contains) ?? false ? nil : .country(found: buyer.country, wanted: wanted)
        case .paymentMethods(let wanted):
            let holds = buyer.paymentMethod.map(wanted.contains) ?? false
            return holds ? nil : .paymentMethod(found: buyer.paymentMethod, wanted: wanted)
        case .attribute(let name, let test):
            let found = buyer.attributes[name]
            return test.accepts(found) ? nil : .attribute(name: name, found: found, wanted: test)
        default: return nil
        }
    }

    /// What the lines that pass come to, as far as their units still count.
    func total(of filter: LineFilter, in state: PriceState) -> Int64 {
        if case .every = filter, state.discountedUnits.isEmpty {
            guard policy.conditionBase == .originalPrice else { return state.goodsLeft }
            return state.subtotal.reduce(0, +)
        }
        var total: Int64 = 0
        for index in basket.lines.indices where accepts(filter, index, in: state) {
            let quantity = basket.lines[index].quantity.value
            let units = countableUnits(of: index, in: state)
            switch policy.conditionBase {
            case .originalPrice: total += state.unitPrice[index] * Int64(units)
            case .remainingPrice: total += ExactAmount(state.left[index], parts: units, of: quantity).floor
            }
        }
        return total
    }

    /// How many units the lines that pass have, as far as they still count.
    func quantity(of filter: LineFilter, in state: PriceState) -> Int {
        if case .every = filter, state.discountedUnits.isEmpty { return unitCount }
        var quantity = 0
        for index in basket.lines.indices where accepts(filter, index, in: state) {
            quantity += countableUnits(of: index, in: state)
        }
        return quantity
    }

    private func distinctProducts(of filter: LineFilter, in state: PriceState) -> Int {
        var products: Set<String> = []
        var unnamed = 0
        for index in basket.lines.indices
        where accepts(filter, index, in: state) && countableUnits(of: index, in: state) > 0 {
            if let product = basket.lines[index].product {
                products.insert(product)
            } else {
                unnamed += 1
            }
        }
        return products.count + unnamed
    }

    /// Whether a line passes a filter at its present price in the catalogue.
    func accepts(_ filter: LineFilter, _ index: Int, in state: PriceState) -> Bool {
        // Each case reads the one field it asks for: a whole line is too much to copy for every line and rule.
        switch filter {
        case .every: true
        case .all(let filters): filters.allSatisfy { accepts($0, index, in: state) }
        case .any(let filters): filters.contains { accepts($0, index, in: state) }
        case .not(let filter): !accepts(filter, index, in: state)
        case .lines(let ids): ids.contains(basket.lines[index].id)
        case .skus(let skus): basket.lines[index].sku.map(skus.contains) ?? false
        case .products(let products): basket.lines[index].product.map(products.contains) ?? false
        case .categories(let categories): basket.lines[index].categories.contains { categories.contains($0) }
        case .sellers(let sellers): basket.lines[index].seller.map(sellers.contains) ?? false
        case .attribute(let name, let test): test.accepts(basket.lines[index].attributes[name])
        case .unitPrice(let range): range.contains(minor: state.unitPrice[index])
        case .lineQuantity(let range): range.contains(basket.lines[index].quantity.value)
        case .alreadyDiscounted:
            state.unitPrice[index]
                < max(basket.lines[index].listPrice?.minorUnits ?? 0, basket.lines[index].unitPrice.minorUnits)
        }
    }

    /// How many units of a line still count for a condition.
    func countableUnits(of index: Int, in state: PriceState) -> Int {
        let quantity = basket.lines[index].quantity.value
        guard !state.boughtUnits.isEmpty else { return quantity }
        let otherUse = policy.consumption == .everyUse ? state.discountedUnits[index] : 0
        return max(0, quantity - state.boughtUnits[index] - otherUse)
    }

    /// How many units of a line can still be discounted.
    func discountableUnits(of index: Int, in state: PriceState) -> Int {
        let quantity = basket.lines[index].quantity.value
        guard !state.discountedUnits.isEmpty else { return quantity }
        let otherUse = policy.consumption == .everyUse ? state.boughtUnits[index] : 0
        return max(0, quantity - state.discountedUnits[index] - otherUse)
    }
}
