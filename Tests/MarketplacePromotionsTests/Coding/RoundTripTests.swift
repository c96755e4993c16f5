import MarketplaceCore
import MarketplaceJSON
import MarketplacePromotions
import TestSupport
import Testing

struct RoundTripTests {
    /// Expects that a value comes back as it was, and that writing it again gives the same text.
    private func expectIdentity<Value: Codable & Equatable>(_ value: Value, _ replay: Comment) throws {
        let codec = JSONPayloadCodec()
        let bytes = try codec.encode(value)
        let back = try codec.decode(Value.self, from: bytes)
        #expect(back == value, replay)
        #expect(try codec.encode(back) == bytes, replay)
    }

    @Test func everyPromotionComesBackFromItsJSON() {
        PropertyRun.check { run in
            let promotion = run.promotion(in: run.element(of: [.krw, .usd, .kwd]))
            #expect(promotion.problem() == nil, run.replay)
            try expectIdentity(promotion, run.replay)
        }
    }

    @Test func everyPolicyComesBackFromItsJSON() {
        PropertyRun.check(500) { run in try expectIdentity(run.policy(), run.replay) }
    }

    @Test func everyBasketAndBuyerComeBackFromTheirJSON() {
        PropertyRun.check(500) { run in
            try expectIdentity(run.basket(), run.replay)
            try expectIdentity(run.buyer(), run.replay)
        }
    }

    @Test func theTermsOfAnOrderComeBackFromTheirJSON() {
        PropertyRun.check(200) { run in
            let terms = PricingTerms(
                promotions: run.some { $0.promotion() },
                codes: run.some { PresentedCode(CouponCode(stringLiteral: $0.word())) },
                buyer: run.buyer(),
                usage: Dictionary(
                    run.some {
                        (PromotionID(stringLiteral: $0.word()), PromotionUsage(total: Int64($0.natural(through: 9))))
                    }
                ) { first, _ in first },
                time: Timestamp(microsecondsSinceEpoch: Int64(run.natural(through: 4_000_000)) * 1_000_000),
                policy: run.policy()
            )
            try expectIdentity(terms, run.replay)
        }
    }

    @Test func theSmallerInputsComeBackFromTheirJSON() throws {
        try expectIdentity(PresentedCode("SPRING20"), "a code")
        try expectIdentity(PresentedCode("7F3K9Q2M", for: "spring"), "a code of a campaign")
        try expectIdentity(PromotionUsage(), "nothing used")
        try expectIdentity(PromotionUsage(total: 4, byMember: 3, byAttribute: 2, spentMinor: 1), "something used")
    }

    @Test(arguments: [
        QuotaClaim.Quota.total, .member("m-1"), .attribute(name: "email", value: "a@b.example"), .budget(.krw),
        .code("SPRING20"),
    ])
    func everyClaimComesBackFromItsJSON(quota: QuotaClaim.Quota) throws {
        try expectIdentity(QuotaClaim(promotion: "spring", quota: quota, amount: 1, limit: 500), "\(quota)")
    }

    @Test func tiersByAmountsWithoutACurrencyHaveNoJSON() {
        let tiers = BenefitTiers(by: .goodsTotal, [.init(from: 100, .percentOff(.percent(5)))])
        #expect(throws: (any Error).self) { try JSONPayloadCodec().encode(tiers) }
    }
}
