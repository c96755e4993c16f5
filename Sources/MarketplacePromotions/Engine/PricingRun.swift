import MarketplaceCore

/// One pricing of a basket: everything that decides it, and the steps that price it.
struct PricingRun {
    let basket: Basket
    let promotions: [Promotion]
    let codes: [PresentedCode]
    let buyer: BuyerFacts
    let usage: [PromotionID: PromotionUsage]
    let time: Timestamp
    let policy: PricingPolicy
    /// How many units the basket has.
    let unitCount: Int
    /// The currency of the amounts of each promotion; nil where it has none.
    let currencies: [Currency?]

    init(
        basket: Basket,
        promotions: [Promotion],
        codes: [PresentedCode],
        buyer: BuyerFacts,
        usage: [PromotionID: PromotionUsage],
        time: Timestamp,
        policy: PricingPolicy
    ) throws(PricingError) {
        self.basket = basket
        self.promotions = promotions
        self.codes = codes
        self.buyer = buyer
        self.usage = usage
        self.time = time
        self.policy = policy
        // A basket has at most ten thousand lines of a billion units each.
        unitCount = basket.lines.reduce(0) { $0 + $1.quantity.value }
        guard codes.count <= Self.maximumCodes else { throw .tooManyCodes(codes.count, maximum: Self.maximumCodes) }
        if let problem = basket.problem() { throw .invalidBasket(problem) }
        currencies = try Self.checkedCurrencies(of: promotions)
    }

    /// Prices the basket.
    func priced() throws(PricingError) -> PricedBasket {
        var state = try PriceState(basket, tracksUnits: policy.consumption != .none)
        var builder = OutcomeBuilder(promotionCount: promotions.count)
        let matches = CodeMatches(codes, promotions)
        let codesOfPromotions = matches.codes
        var candidates: [Candidate] = []
        candidates.reserveCapacity(promotions.count)
        let refusals = promotions.indices.map { staticRefusal(of: $0, code: codesOfPromotions[$0]) }
        let lonely = lonelyCodes(codesOfPromotions, refusals)
        for index in promotions.indices {
            let code = codesOfPromotions[index]
            if let refusal = refusals[index] ?? lonelyRefusal(of: index, code: code, lonely) {
                builder.refuse(index, code: code, refusal)
            } else {
                candidates.append(Candidate(index: index, code: code, promotions[index], policy.stacking))
            }
        }
        candidates.sort { $0.precedes($1, by: policy.stacking.order) }
        try applyCatalogue(&candidates, to: &state, &builder)
        let search: CombinationSearch?
        switch policy.stacking.selection {
        case .inOrder:
            search = nil
            try applyInOrder(candidates, to: &state, &builder)
        case .best(let exactUpTo):
            search = try applyBest(candidates, exactUpTo: exactUpTo, to: &state, &builder)
        }
        return try PricingReport(run: self, state: state, builder: builder, matches: matches).basket(search)
    }
}
