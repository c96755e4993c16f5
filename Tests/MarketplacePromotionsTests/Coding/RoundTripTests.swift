import MarketplaceCore
import MarketplaceJSON
import MarketplacePromotions
import TestSupport
import Testing

struct RoundTripTests {
    /// Expects that a value comes back as it was, and that writing it again gives the same text.
    private func expectIdentity<Value: Codable & Equatable>(_ value: Value, _ replay: Comment) throws {
        let bytes = try JSONDocument.encode(value)
        let back = try JSONDocument.decode(Value.self, from: bytes)
        #expect(back == value, replay)
        #expect(try JSONDocument.encode(back) == bytes, replay)
    }

    @Test(arguments: RandomPricing.Size.allCases)
    func everythingThatDecidesAPriceComesBackFromItsJSON(size: RandomPricing.Size) {
        PropertyRun.check(500) { run in
            let pricing = RandomPricing(&run, size)
            try expectIdentity(pricing.basket, run.replay)
            for promotion in pricing.promotions { try expectIdentity(promotion, run.replay) }
            try expectIdentity(
                PricingTerms(
                    promotions: pricing.promotions,
                    codes: pricing.codes,
                    buyer: pricing.buyer,
                    usage: pricing.usage,
                    time: pricing.time,
                    policy: pricing.policy
                ),
                run.replay
            )
        }
    }

    @Test func aPolicyWithANameIsWrittenAsItsName() throws {
        for (name, policy) in PricingPolicy.named {
            #expect(String(decoding: try JSONDocument.encode(policy), as: UTF8.self) == "\"\(name)\"")
            try expectIdentity(policy, "\(name)")
            #expect(PricingPolicy(named: name) == policy)
        }
        #expect(PricingPolicy(named: "standart") == nil)
    }

    @Test func aCodeOfACampaignComesBackFromItsJSON() throws {
        try expectIdentity(PresentedCode("SPRING20"), "a code that a promotion lists")
        try expectIdentity(PresentedCode("7F3K9Q2M", for: "spring"), "a code of a campaign")
    }

    @Test(arguments: [
        QuotaClaim.Quota.total, .member("m-1"), .attribute(name: "email", value: "a@b.example"), .budget(.krw),
        .code("SPRING20"),
    ])
    func everyClaimComesBackFromItsJSON(quota: QuotaClaim.Quota) throws {
        try expectIdentity(QuotaClaim(promotion: "spring", quota: quota, amount: 1, limit: 500), "\(quota)")
    }

    @Test func tiersByAmountsWithoutACurrencyHaveNoJSON() throws {
        let tiers = BenefitTiers(by: .goodsTotal, [.init(from: 100, .percentOff(.percent(5)))])
        let error = thrownError { () throws(JSONDocumentError) in _ = try JSONDocument.encode(tiers) }
        let reason = "tiers from amounts without a currency have no form that people could read"
        #expect(error?.problem == .refused(reason: reason))
    }
}
