import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// How pricings of nearly the same input are related.
struct PricingRelationTests {
    @Test func theSameInputGivesTheSameValue() {
        PropertyRun.check(500) { run throws in
            let pricing = RandomPricing(&run)
            #expect(try pricing.priced() == pricing.priced(), run.replay)
        }
    }

    @Test func theOrderOfCodesDecidesNothingWhereEachPromotionHasOneCode() {
        PropertyRun.check(1_000) { run throws in
            var pricing = RandomPricing(&run)
            for index in pricing.promotions.indices {
                guard case .code(let codes) = pricing.promotions[index].activation else { continue }
                pricing.promotions[index].activation = .code(Array(codes.prefix(1)))
            }
            pricing.codes = pricing.codes.map { PresentedCode($0.code) }
            let forwards = try pricing.priced()
            pricing.codes.reverse()
            let backwards = try pricing.priced()
            #expect(forwards.totals == backwards.totals, run.replay)
            #expect(forwards.lines == backwards.lines, run.replay)
            #expect(forwards.outcomes.map(\.isApplied) == backwards.outcomes.map(\.isApplied), run.replay)
            #expect(forwards.codes == backwards.codes.reversed(), run.replay)
        }
    }

    @Test func aPromotionThatDoesNotApplyChangesNothingButTheExplanation() {
        PropertyRun.check(2_000) { run throws in
            let pricing = RandomPricing(&run)
            var rules = RandomRules(run: run, size: .ordinary)
            var extra = rules.promotion("extra")
            extra.stacking = rules.stacking()
            extra.isActive = true
            extra.makeInapplicable(rules.natural(through: 5), pricing)
            var more = pricing
            more.promotions.insert(extra, at: rules.natural(through: pricing.promotions.count))
            let without = try pricing.priced()
            let with = try more.priced()
            #expect(with.outcome(of: "extra")?.refusal != nil, run.replay)
            #expect(
                with.outcomes.filter { $0.promotion != "extra" }.map(\.isApplied) == without.outcomes.map(\.isApplied),
                run.replay
            )
            #expect(with.lines == without.lines, run.replay)
            #expect(with.shipping == without.shipping, run.replay)
            #expect(with.totals == without.totals, run.replay)
            #expect(with.taxes == without.taxes, run.replay)
            #expect(with.claims == without.claims, run.replay)
            #expect(with.gifts == without.gifts, run.replay)
            #expect(with.codes.map(\.isUsed) == without.codes.map(\.isUsed), run.replay)
        }
    }
}

extension PromotionOutcome {
    /// What was applied, or that it was refused.
    var isApplied: Applied { Applied(promotion: promotion, code: code, isRefused: refusal != nil) }

    struct Applied: Equatable {
        let promotion: PromotionID
        let code: CouponCode?
        let isRefused: Bool
    }
}

extension Promotion {
    /// Gives it one of several reasons not to apply.
    mutating func makeInapplicable(_ reason: Int, _ pricing: RandomPricing) {
        switch reason {
        case 0: isActive = false
        case 1: period = PromotionPeriod(from: pricing.time.advanced(by: .seconds(1)))
        case 2: period = PromotionPeriod(until: pricing.time)
        case 3: activation = .code(["NOT ENTERED"])
        case 4:
            // An entered code that has to be used alone would speak for itself.
            activation = .automatic
            condition = .all([condition, .any([])])
        default: self = Promotion(id, .amountOffOrder(Money(minorUnits: 1, .krw)), stacking: stacking)
        }
    }
}
