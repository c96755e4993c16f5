import MarketplaceCore

/// What has become of promotions so far, in the order they were considered.
struct OutcomeBuilder {
    /// What became of one promotion, still in numbers.
    struct Entry {
        /// Its index among the promotions.
        let index: Int
        let code: CouponCode?
        let result: Attempt
    }

    private(set) var entries: [Entry] = []

    init(promotionCount: Int) {
        entries.reserveCapacity(promotionCount)
    }

    mutating func refuse(_ index: Int, code: CouponCode?, _ refusal: PromotionRefusal) {
        entries.append(Entry(index: index, code: code, result: .refused(refusal)))
    }

    mutating func apply(_ index: Int, code: CouponCode?, _ draft: PromotionDraft) {
        entries.append(Entry(index: index, code: code, result: .draft(draft)))
    }
}
