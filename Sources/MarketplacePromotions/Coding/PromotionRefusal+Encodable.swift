import MarketplaceCore

extension PromotionRefusal: Encodable {
    /// Encodes the reason as a word, its facts, and the sentence that says it:
    /// `{"reason": "total", "found": "25000 KRW", "wanted": {"atLeast": "30000 KRW"}, "sentence": "needs …"}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: FactKeys.self)
        try fields.encode(reason, forKey: .reason)
        try fields.encode(description, forKey: .sentence)
        switch self {
        case .inactive, .codeNotEntered, .notAMember, .noMatchingLines, .nothingToTakeOff, .notInBestCombination: break
        case .notStarted(let time), .ended(let time): try fields.write(time, .time)
        case .total, .quantity, .distinctProducts, .tooFewUnits, .tierAmountNotReached, .tierQuantityNotReached:
            try encodeGoods(to: &fields)
        case .groups, .orderNumber, .emailDomains, .country, .paymentMethod, .attribute, .buyerUnknown:
            try encodeBuyer(to: &fields)
        case .wrongCurrency, .currency, .outsidePeriod, .weekday, .timeOfDay: try encodeOccasion(to: &fields)
        case .noneHolds, .excluded: try encodeConditions(to: &fields)
        case .limitReached, .budgetExhausted: try encodeLimits(to: &fields)
        case .doesNotCombine, .excludedBy, .oneOfItsClass, .usedAlone, .tooManyCodes: try encodeOthers(to: &fields)
        }
    }

    private typealias Facts = KeyedEncodingContainer<FactKeys>

    private enum FactKeys: String, CodingKey {
        case reason
        case sentence
        case found
        case wanted
        case time
        case from
        case until
        case period
        case name
        case attribute
        case lowest
        case quota
        case limit
        case used
        case spentMinor
        case reasons
        case condition
        case promotion
        case stackingClass = "class"
        case codes
        case maximum
        case basket
    }

    private func encodeGoods(to fields: inout Facts) throws {
        switch self {
        case .total(let found, let wanted):
            try fields.write(found, .found)
            try fields.write(wanted, .wanted)
        case .quantity(let found, let wanted), .distinctProducts(let found, let wanted):
            try fields.write(found, .found)
            try fields.write(wanted, .wanted)
        case .tooFewUnits(let found, let wanted):
            try fields.write(found, .found)
            try fields.write(wanted, .wanted)
        case .tierAmountNotReached(let found, let lowest):
            try fields.write(found, .found)
            try fields.write(lowest, .lowest)
        case .tierQuantityNotReached(let found, let lowest):
            try fields.write(found, .found)
            try fields.write(lowest, .lowest)
        default: break
        }
    }

    private func encodeBuyer(to fields: inout Facts) throws {
        switch self {
        case .groups(let wanted), .emailDomains(let wanted): try fields.write(wanted, .wanted)
        case .orderNumber(let found, let wanted):
            try fields.writeIfThere(found, .found)
            try fields.write(wanted, .wanted)
        case .country(let found, let wanted), .paymentMethod(let found, let wanted):
            try fields.writeIfThere(found, .found)
            try fields.write(wanted, .wanted)
        case .attribute(let name, let found, let wanted):
            try fields.write(name, .name)
            try fields.writeIfThere(found, .found)
            try fields.write(wanted, .wanted)
        case .buyerUnknown(let attribute): try fields.writeIfThere(attribute, .attribute)
        default: break
        }
    }

    private func encodeOccasion(to fields: inout Facts) throws {
        switch self {
        case .wrongCurrency(let promotion, let basket):
            try fields.write(promotion, .promotion)
            try fields.write(basket, .basket)
        case .currency(let found, let wanted):
            try fields.write(found, .found)
            try fields.write(wanted, .wanted)
        case .outsidePeriod(let period): try fields.write(period, .period)
        case .weekday(let found, let wanted):
            try fields.write(found, .found)
            try fields.encode(wanted, forKey: .wanted)
        case .timeOfDay(let from, let until):
            try fields.write(from, .from)
            try fields.write(until, .until)
        default: break
        }
    }

    private func encodeConditions(to fields: inout Facts) throws {
        switch self {
        case .noneHolds(let refusals): try fields.write(refusals, .reasons)
        case .excluded(let condition): try fields.write(condition, .condition)
        default: break
        }
    }

    private func encodeLimits(to fields: inout Facts) throws {
        switch self {
        case .limitReached(let quota, let limit, let used):
            try fields.write(quota, .quota)
            try fields.write(limit, .limit)
            try fields.write(used, .used)
        case .budgetExhausted(let limit, let spentMinor, let wanted):
            try fields.write(limit, .limit)
            try fields.write(spentMinor, .spentMinor)
            try fields.write(wanted, .wanted)
        default: break
        }
    }

    private func encodeOthers(to fields: inout Facts) throws {
        switch self {
        case .doesNotCombine(let other), .excludedBy(let other): try fields.write(other, .promotion)
        case .oneOfItsClass(let name, let other):
            try fields.write(name, .stackingClass)
            try fields.write(other, .promotion)
        case .usedAlone(let codes): try fields.write(codes, .codes)
        case .tooManyCodes(let maximum): try fields.write(maximum, .maximum)
        default: break
        }
    }
}

extension PromotionRefusal {
    /// The reason as a word that does not change between versions: `not_started`, `total`, `limit_reached`.
    public var reason: String {
        switch self {
        case .inactive: "inactive"
        case .notStarted: "not_started"
        case .ended: "ended"
        case .codeNotEntered: "code_not_entered"
        case .wrongCurrency: "wrong_currency"
        case .total: "total"
        case .quantity: "quantity"
        case .distinctProducts: "distinct_products"
        case .notAMember: "not_a_member"
        case .groups: "groups"
        case .orderNumber: "order_number"
        case .emailDomains: "email_domains"
        case .country: "country"
        case .paymentMethod: "payment_method"
        case .currency: "currency"
        case .outsidePeriod: "outside_period"
        case .weekday: "weekday"
        case .timeOfDay: "time_of_day"
        case .attribute: "attribute"
        case .noneHolds: "none_holds"
        case .excluded: "excluded"
        case .noMatchingLines: "no_matching_lines"
        case .tooFewUnits: "too_few_units"
        case .tierAmountNotReached: "tier_amount_not_reached"
        case .tierQuantityNotReached: "tier_quantity_not_reached"
        case .nothingToTakeOff: "nothing_to_take_off"
        case .buyerUnknown: "buyer_unknown"
        case .limitReached: "limit_reached"
        case .budgetExhausted: "budget_exhausted"
        case .doesNotCombine: "does_not_combine"
        case .excludedBy: "excluded_by"
        case .oneOfItsClass: "one_of_its_class"
        case .usedAlone: "used_alone"
        case .tooManyCodes: "too_many_codes"
        case .notInBestCombination: "not_in_best_combination"
        }
    }
}
