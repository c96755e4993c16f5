import MarketplaceCore
import MarketplacePromotions

/// The type of the documents that are fuzzed: a cart, and all that decides what it costs.
public struct FuzzedDocument: Codable, Hashable {
    var cart: Basket
    var terms: PricingTerms

    /// Every combination of more candidates would take the time of thousands of documents.
    private static let exactCandidates = 6

    /// What is wrong with pricing the cart, in words; nil when it has one price, or a typed reason for having none.
    var faultOfPricing: String? {
        var terms = terms
        if case .best(let candidates) = terms.policy.stacking.selection {
            terms.policy.stacking.selection = .best(exactUpTo: min(candidates, Self.exactCandidates))
        }
        guard let priced = try? cart.priced(under: terms) else { return nil }
        guard priced == (try? cart.priced(under: terms)) else { return "the same cart has two prices" }
        let totals = priced.totals
        guard !totals.total.isNegative, !totals.discount.isNegative else { return "a total below zero: \(totals)" }
        guard let shares = try? priced.frozen() else { return nil }
        return shares.total == totals.total ? nil : "units are sold for \(shares.total), the cart for \(totals.total)"
    }
}
