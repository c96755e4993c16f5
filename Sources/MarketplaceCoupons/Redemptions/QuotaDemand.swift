import MarketplaceCore
import MarketplacePromotions
import MarketplaceStorage

/// What the claims of one redemption come to on one counter.
struct QuotaDemand: Hashable, Sendable {
    let key: CounterKey
    let promotion: PromotionID
    let quota: QuotaClaim.Quota
    private(set) var amount: Int64
    private(set) var limit: Int64

    /// The demands of claims, one per counter and in the order of the counters; claims of nothing are left out.
    ///
    /// Where two claims of one limit disagree about it, the narrower one binds.
    static func demands(of claims: [QuotaClaim]) throws(CouponError) -> [QuotaDemand] {
        var demands: [CounterKey: QuotaDemand] = [:]
        for claim in claims {
            let key = try CouponKeySpace.used(claim.quota, of: claim.promotion)
            guard claim.amount >= 0, claim.limit >= 0 else { throw claim.invalid }
            guard claim.amount > 0 else { continue }
            guard var demand = demands[key] else {
                demands[key] = QuotaDemand(
                    key: key,
                    promotion: claim.promotion,
                    quota: claim.quota,
                    amount: claim.amount,
                    limit: claim.limit
                )
                continue
            }
            let (sum, overflow) = demand.amount.addingReportingOverflow(claim.amount)
            guard !overflow else { throw claim.invalid }
            demand.amount = sum
            demand.limit = min(demand.limit, claim.limit)
            demands[key] = demand
        }
        return demands.values.sorted { $0.key < $1.key }
    }

    /// The refusal when so much is used.
    func refusal(used: Int64) -> CouponRefusal {
        let shortfall = QuotaShortfall(
            promotion: promotion,
            quota: quota,
            limit: limit,
            used: used,
            requested: amount
        )
        if case .budget = quota { return .budgetExhausted(shortfall) }
        return .limitReached(shortfall)
    }
}

extension QuotaClaim {
    fileprivate var invalid: CouponError {
        .refused(.invalidClaim(promotion, amount: amount, limit: limit))
    }
}
