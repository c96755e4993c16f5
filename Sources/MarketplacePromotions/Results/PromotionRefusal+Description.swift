import MarketplaceCore

extension PromotionRefusal: CustomStringConvertible {
    /// The reason in a sentence, with its facts.
    public var description: String {
        switch self {
        case .inactive: "it is not in use"
        case .notStarted(let time): "it starts at \(time)"
        case .ended(let time): "it ended at \(time)"
        case .codeNotEntered: "its code was not entered"
        case .wrongCurrency(let promotion, let basket): "it is in \(promotion), the basket in \(basket)"
        case .total, .quantity, .distinctProducts, .tooFewUnits, .tierAmountNotReached, .tierQuantityNotReached:
            goodsDescription
        case .notAMember, .groups, .orderNumber, .emailDomains, .country, .paymentMethod, .attribute, .buyerUnknown:
            buyerDescription
        case .currency(let found, let wanted): "needs \(list(wanted)), the basket is in \(found)"
        case .outsidePeriod(let period): "holds only \(period)"
        case .weekday(let found, let wanted): "holds only on \(list(wanted)), today is \(found)"
        case .timeOfDay(let from, let until): "holds only from \(from) to \(until)"
        case .noneHolds([]): "needs one of no conditions, which never holds"
        case .noneHolds(let refusals): refusals.map(\.description).joined(separator: ", or ")
        case .excluded: "a condition holds that must not"
        case .noMatchingLines: "nothing in the basket is in its scope"
        case .nothingToTakeOff: "there is nothing it could take off"
        case .limitReached(let quota, let limit, let used): "\(quota): used \(used) of \(limit)"
        case .budgetExhausted(let limit, let spent, let wanted):
            "its budget of \(limit) has \(left(of: limit, spent)) left, this takes \(wanted)"
        case .doesNotCombine(let other): "it does not go together with \(other)"
        case .excludedBy(let other): "\(other) leaves no other promotion"
        case .oneOfItsClass(let name, let other): "only one of class \(name.rawValue) applies, which is \(other)"
        case .usedAlone(let codes): "a code that is to be used alone was entered with others: \(list(codes))"
        case .tooManyCodes(let maximum): "at most \(maximum) \(maximum == 1 ? "code" : "codes") can be used"
        case .notInBestCombination: "the buyer pays less without it"
        }
    }

    private var goodsDescription: String {
        switch self {
        case .total(let found, let wanted): "needs \(wanted), the basket has \(found)"
        case .quantity(let found, let wanted): "needs \(wanted) units, the basket has \(found)"
        case .distinctProducts(let found, let wanted): "needs \(wanted) different products, the basket has \(found)"
        case .tooFewUnits(let found, let wanted): "needs \(wanted) units, \(found) can be counted"
        case .tierAmountNotReached(let found, let lowest):
            "its lowest tier starts at \(lowest), the basket has \(found)"
        case .tierQuantityNotReached(let found, let lowest):
            "its lowest tier starts at \(lowest) units, the basket has \(found)"
        default: ""
        }
    }

    private var buyerDescription: String {
        switch self {
        case .notAMember: "needs a member"
        case .groups(let wanted): "needs a member of \(list(wanted))"
        case .orderNumber(let found, let wanted):
            "needs order number \(wanted), this is \(found.map { "number \($0)" } ?? "of unknown number")"
        case .emailDomains(let wanted): "needs a verified e-mail address at \(list(wanted))"
        case .country(let found, let wanted): "needs delivery to \(list(wanted)), not \(found ?? "an unknown country")"
        case .paymentMethod(let found, let wanted): "needs payment by \(list(wanted)), not \(found ?? "unknown means")"
        case .attribute(let name, let found, let wanted): "needs \(name) \(wanted), found \(found ?? "none")"
        case .buyerUnknown(let attribute): "is limited by \(attribute ?? "member"), which is not known"
        default: ""
        }
    }

    private func left(of limit: Money, _ spent: Int64) -> Money {
        Money(minorUnits: Int64(clamping: max(0, Int128(limit.minorUnits) - Int128(spent))), limit.currency)
    }

    private func list(_ values: [some Any]) -> String {
        values.map { "\($0)" }.joined(separator: ", ")
    }
}

extension AmountRange: CustomStringConvertible {
    /// The bounds in words: `at least 300.00 USD`.
    public var description: String { boundsText(atLeast, atMost) }
}

extension CountRange: CustomStringConvertible {
    /// The bounds in words: `at least 3`.
    public var description: String { boundsText(atLeast, atMost) }
}

private func boundsText<Bound: Equatable>(_ atLeast: Bound?, _ atMost: Bound?) -> String {
    switch (atLeast, atMost) {
    case (let low?, let high?): low == high ? "exactly \(low)" : "\(low) to \(high)"
    case (let low?, nil): "at least \(low)"
    case (nil, let high?): "at most \(high)"
    case (nil, nil): "any"
    }
}

extension AttributeTest: CustomStringConvertible {
    /// What is asked, in words.
    public var description: String {
        switch self {
        case .anyOf(let values): "one of \(values.joined(separator: ", "))"
        case .noneOf(let values): "none of \(values.joined(separator: ", "))"
        case .number(let range): "a number, \(range)"
        }
    }
}

extension PromotionPeriod: CustomStringConvertible {
    /// The bounds in words.
    public var description: String {
        switch (from, until) {
        case (let from?, let until?): "from \(from) until \(until)"
        case (let from?, nil): "from \(from) on"
        case (nil, let until?): "until \(until)"
        case (nil, nil): "always"
        }
    }
}

extension QuotaClaim.Quota: CustomStringConvertible {
    /// Whose uses are counted, in words.
    public var description: String {
        switch self {
        case .total: "by everyone"
        case .member(let member): "by member \(member)"
        case .attribute(let name, let value): "with \(name) \(value)"
        case .budget(let currency): "of the budget in \(currency)"
        case .code(let code): "of code \(code)"
        }
    }
}
