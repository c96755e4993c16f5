import MarketplaceCore

extension Promotion {
    /// How deep conditions, filters and tiers of a rule may be nested: deeper than anybody reads.
    public static let maximumDepth = 16
    /// How many conditions, filters, tiers and listed keys a rule may have in all.
    public static let maximumParts = 1_000

    /// What is wrong with the rule; nil when nothing is.
    ///
    /// A rule with a problem is never priced: ``Basket/priced(with:codes:buyer:usage:at:policy:)`` throws it.
    public func problem() -> PromotionProblem? {
        var check = PromotionCheck()
        check.visit(self)
        return check.problem
    }

}

/// Walks over a rule, and keeps the first thing that is wrong and the currency of its amounts.
struct PromotionCheck {
    private(set) var problem: PromotionProblem?
    /// The currency of the rule's amounts; nil when it has none.
    private(set) var currency: Currency?
    private var parts = 0

    mutating func visit(_ promotion: Promotion) {
        visit(promotion.condition, depth: 1)
        visit(promotion.scope.lines, depth: 1)
        visit(promotion.benefit, depth: 1)
        visit(units: promotion.scope.units?.perOrder)
        visit(units: promotion.scope.units?.perLine)
        visit(promotion.period)
        if case .buyGet = promotion.benefit, let units = promotion.scope.units,
            units.perLine != nil || units.order != nil
        {
            fail(.unitPickOfPurchase)
        }
        if case .code(let codes) = promotion.activation { count(codes.count) }
        if case .shared(let percentage) = promotion.bearer { visit(percentage) }
        visit(promotion.limits)
    }

    private mutating func fail(_ found: PromotionProblem) {
        if problem == nil { problem = found }
    }

    private mutating func count(_ more: Int) {
        parts += more
        if parts > Promotion.maximumParts { tooComplex() }
    }

    private mutating func tooComplex() {
        fail(.tooComplex(maximumDepth: Promotion.maximumDepth, maximumParts: Promotion.maximumParts))
    }

    /// Counts one part, and whether one may go deeper.
    private mutating func enters(_ depth: Int) -> Bool {
        count(1)
        if depth > Promotion.maximumDepth { tooComplex() }
        return problem == nil
    }

    private mutating func visit(_ money: Money?) {
        guard let money else { return }
        if money.isNegative { fail(.negativeAmount(money)) }
        visit(money.currency)
    }

    private mutating func visit(_ found: Currency) {
        if let currency, currency != found { fail(.twoCurrencies(currency, found)) }
        currency = found
    }

    private mutating func visit(_ percentage: Percentage) {
        if percentage < .zero || percentage > .whole { fail(.percentageOutOfRange(percentage)) }
    }

    /// Units and repetitions: never more than there can be of one line.
    private mutating func visit(units: Int?) {
        guard let units, !(1...Quantity.maximum).contains(units) else { return }
        fail(.numberOutOfRange(Int64(units), minimum: 1, maximum: Int64(Quantity.maximum)))
    }

    private mutating func visit(limit: Int64?) {
        if let limit, limit < 0 { fail(.numberOutOfRange(limit, minimum: 0, maximum: .max)) }
    }

    private mutating func visit(_ period: PromotionPeriod) {
        if let from = period.from, let until = period.until, until <= from { fail(.emptyRange) }
    }

    private mutating func visit(_ range: AmountRange) {
        visit(range.atLeast)
        visit(range.atMost)
        if let low = range.atLeast, let high = range.atMost, high.minorUnits < low.minorUnits { fail(.emptyRange) }
    }

    private mutating func visit(_ range: CountRange) {
        if let low = range.atLeast, let high = range.atMost, high < low { fail(.emptyRange) }
    }

    private mutating func visit(_ test: AttributeTest) {
        switch test {
        case .anyOf(let values), .noneOf(let values): count(values.count)
        case .number(let range): visit(range)
        }
    }

    private mutating func visit(_ limits: PromotionLimits) {
        visit(limits.budget)
        visit(limit: limits.total)
        visit(limit: limits.perMember)
        visit(limit: limits.perAttribute?.limit)
    }

    private mutating func visit(_ condition: PromotionCondition, depth: Int) {
        guard enters(depth) else { return }
        switch condition {
        case .always, .member: break
        case .all(let conditions), .any(let conditions):
            for condition in conditions { visit(condition, depth: depth + 1) }
        case .not(let condition): visit(condition, depth: depth + 1)
        case .total(let range, let filter):
            visit(range)
            visit(filter, depth: depth + 1)
        case .quantity(let range, let filter), .distinctProducts(let range, let filter):
            visit(range)
            visit(filter, depth: depth + 1)
        case .orderNumber(let range): visit(range)
        case .groups(let values), .emailDomains(let values), .countries(let values), .paymentMethods(let values):
            count(values.count)
        case .currencies(let values): count(values.count)
        case .period(let period): visit(period)
        case .weekdays, .hours: break
        case .attribute(_, let test): visit(test)
        }
    }

    private mutating func visit(_ filter: LineFilter, depth: Int) {
        guard enters(depth) else { return }
        switch filter {
        case .every, .alreadyDiscounted: break
        case .all(let filters), .any(let filters):
            for filter in filters { visit(filter, depth: depth + 1) }
        case .not(let filter): visit(filter, depth: depth + 1)
        case .lines(let ids): count(ids.count)
        case .skus(let skus): count(skus.count)
        case .products(let values), .categories(let values): count(values.count)
        case .sellers(let sellers): count(sellers.count)
        case .attribute(_, let test): visit(test)
        case .unitPrice(let range): visit(range)
        case .lineQuantity(let range): visit(range)
        }
    }

    private mutating func visit(_ benefit: PromotionBenefit, depth: Int) {
        guard enters(depth) else { return }
        switch benefit {
        case .percentOff(let percentage, let cap), .percentOffOrder(let percentage, let cap):
            visit(percentage)
            visit(cap)
        case .amountOffEachUnit(let amount), .amountOffEachLine(let amount), .priceEachUnit(let amount),
            .amountOffOrder(let amount, _), .priceOfOrder(let amount), .amountOffGoodsAndShipping(let amount):
            visit(amount)
        case .amountOffFirstUnit(let first, let further):
            visit(first)
            visit(further)
        case .bundlePrice(let price, let units, let repeats):
            visit(price)
            visit(units: units)
            visit(units: repeats)
        case .buyGet(let offer): visit(offer, depth: depth)
        case .tiers(let tiers): visit(tiers, depth: depth)
        case .gift(let gift): visit(gift.worth)
        case .shipping(let shipping, let condition):
            visit(shipping)
            if let condition { visit(condition.test) }
        case .percentOffGoodsAndShipping(let percentage): visit(percentage)
        case .cataloguePrice(.percentOff(let percentage)): visit(percentage)
        case .cataloguePrice(.amountOff(let amount)), .cataloguePrice(.price(let amount)): visit(amount)
        }
    }

    private mutating func visit(_ shipping: ShippingBenefit) {
        switch shipping {
        case .percentOff(let percentage): visit(percentage)
        case .amountOffEach(let amount), .amountOff(let amount), .price(let amount): visit(amount)
        }
    }

    private mutating func visit(_ offer: BuyGet, depth: Int) {
        if let bought = offer.bought { visit(bought, depth: depth + 1) }
        if let got = offer.got { visit(got, depth: depth + 1) }
        visit(units: offer.boughtUnits)
        visit(units: offer.gotUnits)
        visit(units: offer.repeats)
        switch offer.reward {
        case .percentOff(let percentage): visit(percentage)
        case .amountOff(let amount), .price(let amount): visit(amount)
        }
    }

    private mutating func visit(_ tiers: BenefitTiers, depth: Int) {
        if let currency = tiers.currency { visit(currency) }
        if tiers.tiers.isEmpty || Set(tiers.tiers.map(\.from)).count != tiers.tiers.count { fail(.tiers) }
        for tier in tiers.tiers {
            visit(limit: tier.from)
            switch tier.benefit {
            case .tiers, .cataloguePrice: fail(.benefitOfTier)
            case .percentOff, .amountOffEachUnit, .amountOffEachLine, .amountOffFirstUnit, .priceEachUnit: break
            default: if tiers.measure.isOfLine { fail(.benefitOfLineTier) }
            }
            visit(tier.benefit, depth: depth + 1)
        }
    }
}
