import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// What holds of every pricing, for random baskets, promotions, facts and policies.
struct PricingPropertyTests {
    @Test func everythingAddsUpAndNothingFallsBelowItsBounds() {
        PropertyRun.check(6_000) { run throws in
            let pricing = RandomPricing(&run)
            let priced = try pricing.priced()
            let problems = PricingAudit(pricing, priced).problems
            #expect(problems.isEmpty, run.replay)
        }
    }

    @Test func amountsUpToTheLimitsComputeExactlyOrSayWhatDoesNotFit() {
        PropertyRun.check(4_000) { run in
            let pricing = RandomPricing(&run, .extreme)
            do throws(PricingError) {
                let priced = try pricing.priced()
                let problems = PricingAudit(pricing, priced).problems
                #expect(problems.isEmpty, run.replay)
            } catch {
                guard case .overflow = error else {
                    Issue.record(error, run.replay)
                    return
                }
            }
        }
    }
}
