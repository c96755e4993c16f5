public import MarketplaceCore

extension Basket {
    /// Prices the basket: what each promotion takes off, on which lines and units, what is to be paid, and why.
    ///
    /// A pure function: the same input gives the same value. A promotion that does not apply changes nothing but the
    /// explanation.
    ///
    /// - Parameters:
    ///   - promotions: All that may apply, in any order that matters to the policy; at most 10,000.
    ///   - codes: What the buyer has entered; at most 100. A code that no promotion knows is reported, not refused.
    ///   - buyer: What is known about the buyer.
    ///   - usage: How much of limits is used, as far as that is known.
    ///   - time: Now.
    ///   - policy: How discounts are computed where rules leave it open.
    /// - Returns: What is to be paid, and why.
    /// - Throws: ``PricingError`` when the basket or a promotion is none, or an exact amount does not fit; nothing is
    ///   half-evaluated.
    /// - Complexity: O(lines × promotions), and a sort of the lines where only some units are discounted. The best
    ///   combination of *n* candidates takes O(2ⁿ) of it up to the limit of ``StackingProgram/Selection/best(exactUpTo:)``.
    public func priced(
        with promotions: [Promotion],
        codes: [PresentedCode] = [],
        buyer: BuyerFacts = .unknown,
        usage: [PromotionID: PromotionUsage] = [:],
        at time: Timestamp,
        policy: PricingPolicy = .standard
    ) throws(PricingError) -> PricedBasket {
        let run = try PricingRun(
            basket: self,
            promotions: promotions,
            codes: codes,
            buyer: buyer,
            usage: usage,
            time: time,
            policy: policy
        )
        return try run.priced()
    }

    /// What is wrong with the basket; nil when nothing is.
    public func problem() -> BasketProblem? {
        guard lines.count <= Self.maximumLines else {
            return .tooLong(found: lines.count, maximum: Self.maximumLines)
        }
        guard shipping.count <= Self.maximumShippingCharges else {
            return .tooLong(found: shipping.count, maximum: Self.maximumShippingCharges)
        }
        var ids = Set<BasketLineID>(minimumCapacity: lines.count + shipping.count)
        for line in lines {
            guard ids.insert(line.id).inserted else { return .doubleID(line.id) }
            if let problem = problem(of: line.unitPrice, line.id, line.tax) { return problem }
            for price in [line.listPrice, line.minimumUnitPrice] {
                if let price, let problem = problem(of: price, line.id, nil) { return problem }
            }
        }
        for charge in shipping {
            guard ids.insert(charge.id).inserted else { return .doubleID(charge.id) }
            if let problem = problem(of: charge.price, charge.id, charge.tax) { return problem }
        }
        return nil
    }

    private func problem(of price: Money, _ id: BasketLineID, _ tax: TaxRate?) -> BasketProblem? {
        guard price.currency == currency else { return .currency(id, found: price.currency, basket: currency) }
        guard !price.isNegative else { return .negativePrice(id, price) }
        if let rate = tax?.percentage, rate < .zero { return .negativeTaxRate(id, rate) }
        return nil
    }
}
