import MarketplaceCore

/// Which of the codes that were entered stands for which promotion.
struct CodeMatches {
    /// The first code that brings each promotion, by its index; nil where none was entered.
    private(set) var codes: [CouponCode?]
    /// The indices of the promotions that each code stands for, by its place among those entered.
    private(set) var promotions: [[Int]]

    /// Looks each listed code up once, however many were entered.
    init(_ presented: [PresentedCode], _ promotions: [Promotion]) {
        codes = [CouponCode?](repeating: nil, count: promotions.count)
        self.promotions = [[Int]](repeating: [], count: presented.count)
        guard !presented.isEmpty else { return }
        var listed: [CouponCode: [Int]] = [:]
        var named: [PromotionID: [Int]] = [:]
        for (place, code) in presented.enumerated() {
            if let promotion = code.promotion {
                named[promotion, default: []].append(place)
            } else {
                listed[code.code, default: []].append(place)
            }
        }
        for (index, promotion) in promotions.enumerated() {
            guard case .code(let own) = promotion.activation else { continue }
            var places = Set(named[promotion.id] ?? [])
            for code in own { places.formUnion(listed[code] ?? []) }
            for place in places { self.promotions[place].append(index) }
            codes[index] = places.min().map { presented[$0].code }
        }
    }
}
