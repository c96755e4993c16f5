import MarketplaceCore
import MarketplaceCoupons
import MarketplacePromotions
import MarketplaceStorage

/// The limits and codes that an audit looks after.
struct RedemptionAudit {
    static let quotas: [QuotaClaim.Quota] = [.total, .member("ann"), .member("bob"), .budget(.eur)]
    static let sharedCode: CouponCode = "EVERYBODY"

    let scene: CouponScene
    let ids: [RedemptionID]
    let coupons: [CouponCode]

    /// What does not add up: counters against the claims of the redemptions there are, and coupons against whatever
    /// has them in its hands.
    ///
    /// To be called while nobody else does anything.
    func violations() async throws -> [String] {
        var violations: [String] = []
        var redemptions: [Redemption] = []
        for id in ids {
            if let redemption = try await scene.redemptions.redemption(id) { redemptions.append(redemption) }
        }
        let claims = redemptions.flatMap(\.claims)
        for quota in Self.quotas {
            let sum = claims.filter { $0.quota == quota }.reduce(0) { $0 + $1.amount }
            let used = try await scene.redemptions.used(quota, of: "spring")
            if sum != used { violations.append("\(quota) is at \(used), its redemptions say \(sum)") }
        }
        let uses = Int64(redemptions.count { $0.codes.contains(Self.sharedCode) })
        let used = try await scene.store.counter("coupons/code/\(Self.sharedCode)".asCounterKey)
        if uses != used { violations.append("the code is at \(used), its redemptions say \(uses)") }
        for code in coupons {
            let holders = redemptions.filter { $0.codes.contains(code) }
            let state = try await scene.issuing.coupon(code, at: .second(0))?.state
            let expected: Coupon.State? =
                switch (holders.first, holders.count) {
                case (nil, _): .available
                case (.some(let holder), 1):
                    holder.state == .held
                        ? .held(by: holder.id) : .redeemed(by: holder.id, at: redeemedAt(state) ?? .second(0))
                default: nil
                }
            if state != expected || holders.count > 1 {
                violations.append("\(code) is \(String(describing: state)), held by \(holders.map(\.id))")
            }
        }
        return violations
    }

    private func redeemedAt(_ state: Coupon.State?) -> Timestamp? {
        if case .redeemed(_, let time) = state { time } else { nil }
    }
}

extension String {
    fileprivate var asCounterKey: CounterKey { CounterKey(stringLiteral: self) }
}
