import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplacePromotions
import MarketplaceStorage
import MarketplaceTestKit
import Testing

/// From a priced basket to the counters, and back to the next basket.
struct RedemptionUsageTests {
    private let scene = CouponScene()
    private let buyer = BuyerFacts(member: "ann", attributes: ["campus": "north"])

    /// Ten percent off, for whoever has a code, with every kind of limit.
    private func promotion(_ limits: PromotionLimits) throws -> Promotion {
        Promotion("spring", .percentOff(Percentage(try Ratio(1, over: 10))), codes: [], limits: limits)
    }

    @Test func whatAPricedBasketClaimsIsWhatTheNextOneCannotHave() async throws {
        let limits = PromotionLimits(
            total: 9,
            perMember: 1,
            perAttribute: PromotionLimits.AttributeLimit("campus", limit: 5),
            budget: Money(minorUnits: 10_000, .eur)
        )
        let spring = try promotion(limits)
        try await scene.open()
        let code = try await scene.issue().code
        let standing = try await scene.codes.standing(of: code, for: "ann", at: .second(1))
        let basket = Basket(.eur, lines: [BasketLine("mug", Money(minorUnits: 4_000, .eur))])
        let usage = try await scene.redemptions.usage(of: [spring], by: buyer)
        #expect(usage == ["spring": PromotionUsage()])
        let priced = try basket.priced(
            with: [spring],
            codes: standing.presented,
            buyer: buyer,
            usage: usage,
            at: .second(1)
        )
        #expect(priced.claims.count == 4)
        try await scene.redemptions.hold(1, priced.claims, codes: [code])
        let after = try await scene.redemptions.usage(of: [spring], by: buyer)
        #expect(after == ["spring": PromotionUsage(total: 1, byMember: 1, byAttribute: 1, spentMinor: 400)])
        let again = try basket.priced(
            with: [spring],
            codes: standing.presented,
            buyer: buyer,
            usage: after,
            at: .second(1)
        )
        #expect(again.claims == [])
        let campus = QuotaClaim.Quota.attribute(name: "campus", value: "north")
        try await scene.redemptions.hold(
            2,
            [.total(of: 9, amount: 2), QuotaClaim(promotion: "spring", quota: campus, amount: 1, limit: 5)],
            member: "bob"
        )
        let later = try await scene.redemptions.usage(of: [spring], by: buyer)
        #expect(later == ["spring": PromotionUsage(total: 3, byMember: 1, byAttribute: 2, spentMinor: 400)])
        let guest = try await scene.redemptions.usage(of: [spring])
        #expect(guest == ["spring": PromotionUsage(total: 3, spentMinor: 400)])
    }

    @Test func promotionsWithoutLimitsAreNotLookedUp() async throws {
        let store = FaultInjectingStore(InMemoryStore())
        store.crash()
        let scene = CouponScene(store: store)
        #expect(try await scene.redemptions.usage(of: [promotion(.none)], by: buyer) == [:])
    }

    @Test func moreLimitsThanOneReadMayAskForAreReadInPages() async throws {
        let chunk = CouponLimits.claimsPerRedemption
        let ids = (0..<(StoreLimits.pageSize + chunk)).map { PromotionID(stringLiteral: "p\($0)") }
        for start in stride(from: 0, to: ids.count, by: chunk) {
            let claims = ids[start..<(start + chunk)].map { QuotaClaim.total($0, of: 1) }
            try await scene.redemptions.hold(start, claims)
        }
        let many = try ids.map { id in
            var other = try promotion(PromotionLimits(total: 1))
            other.id = id
            return other
        }
        let usage = try await scene.redemptions.usage(of: many)
        #expect(usage.count == many.count && usage.values.allSatisfy { $0.total == 1 })
    }
}
