public import MarketplaceCore
public import MarketplacePromotions
import MarketplaceStorage

extension CouponRedemptions {
    /// How much of the promotions' limits is used, as pricing a basket wants to know it.
    ///
    /// Promotions without limits are not looked up, and are missing. What is told here can be old news: what is binding
    /// is the hold of what the priced basket claims.
    ///
    /// - Parameters:
    ///   - promotions: All that may apply.
    ///   - buyer: Whose limits are meant, where a limit is each buyer's.
    /// - Returns: The usage of each promotion that has a limit.
    /// - Throws: `keyTooLong` for a key that no limit can be counted by; when the store fails.
    /// - Complexity: one read for every 10,000 limits.
    public func usage(
        of promotions: [Promotion],
        by buyer: BuyerFacts = .unknown
    ) async throws(CouponError) -> [PromotionID: PromotionUsage] {
        var limited: [PromotionID: LimitKeys] = [:]
        for promotion in promotions where promotion.limits != .none {
            limited[promotion.id] = try LimitKeys(promotion, buyer)
        }
        let keys = limited.values.flatMap(\.all)
        var values: [CounterKey: Int64] = [:]
        for start in stride(from: 0, to: keys.count, by: StoreLimits.pageSize) {
            let page = Array(keys[start..<min(start + StoreLimits.pageSize, keys.count)])
            let read = try await archive.reading { () async throws(StoreError) in try await archive.store.counters(page)
            }
            values.merge(read) { $1 }
        }
        return limited.mapValues { $0.usage(values) }
    }
}

/// The counters of one promotion's limits.
private struct LimitKeys {
    var total: CounterKey?
    var member: CounterKey?
    var attribute: CounterKey?
    var budget: CounterKey?

    init(_ promotion: Promotion, _ buyer: BuyerFacts) throws(CouponError) {
        let limits = promotion.limits
        if limits.total != nil { total = try CouponKeySpace.used(.total, of: promotion.id) }
        if limits.perMember != nil, let key = buyer.member {
            member = try CouponKeySpace.used(.member(key), of: promotion.id)
        }
        if let name = limits.perAttribute?.name, let value = buyer.attributes[name] {
            attribute = try CouponKeySpace.used(.attribute(name: name, value: value), of: promotion.id)
        }
        if let budget = limits.budget {
            self.budget = try CouponKeySpace.used(.budget(budget.currency), of: promotion.id)
        }
    }

    var all: [CounterKey] { [total, member, attribute, budget].compactMap { $0 } }

    func usage(_ values: [CounterKey: Int64]) -> PromotionUsage {
        func value(_ key: CounterKey?) -> Int64 { key.flatMap { values[$0] } ?? 0 }
        return PromotionUsage(
            total: value(total),
            byMember: value(member),
            byAttribute: value(attribute),
            spentMinor: value(budget)
        )
    }
}
