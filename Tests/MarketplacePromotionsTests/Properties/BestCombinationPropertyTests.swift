import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// The combination that takes most off, against every combination there is.
struct BestCombinationPropertyTests {
    @Test func noLegalCombinationTakesMoreOffThanTheBest() {
        PropertyRun.check(250) { run throws in
            let pricing = Self.pricing(&run, promotions: run.natural(through: 9) == 0 ? 8 : 5)
            let best = try pricing.choosing(.best()).priced()
            #expect(best.search?.isExhaustive == true, run.replay)
            #expect(try best.totals.discount.minorUnits == Self.mostOfEveryCombination(pricing), run.replay)
            let chosen = pricing.only(Set(best.applied.map(\.promotion)))
            #expect(try chosen.choosing(.inOrder).priced().totals == best.totals, run.replay)
        }
    }

    @Test func beyondTheLimitItIsStillNoWorseThanInOrderOrThanAnyPromotionAlone() {
        PropertyRun.check(600) { run throws in
            let pricing = Self.pricing(&run, promotions: 8)
            let limit = run.natural(through: 3)
            let best = try pricing.choosing(.best(exactUpTo: limit)).priced()
            let search = try #require(best.search)
            #expect(search.isExhaustive == (search.candidates <= limit), run.replay)
            let discount = best.totals.discount.minorUnits
            #expect(try discount >= pricing.choosing(.inOrder).priced().totals.discount.minorUnits, run.replay)
            for promotion in pricing.promotions {
                let alone = try pricing.only([promotion.id]).choosing(.inOrder).priced()
                #expect(discount >= alone.totals.discount.minorUnits, run.replay)
            }
        }
    }

    /// A pricing in which no promotion changes what others may do but by applying.
    private static func pricing(_ run: inout PropertyRun, promotions: Int) -> RandomPricing {
        var pricing = RandomPricing(&run, promotions: promotions)
        // Prices of the catalogue are no part of the choice, and a code entered with another is whoever applies.
        pricing.promotions.removeAll(where: \.isOfCatalogue)
        pricing.policy.stacking.usedAlone = .asExclusive
        // In order, the best of a class applies where the first of it stands: a combination has each in its own place.
        pricing.policy.stacking.order.insert(.stackingClass, at: 0)
        for index in pricing.promotions.indices where run.natural(through: 1) == 0 {
            pricing.promotions[index].isActive = true
            pricing.promotions[index].condition = .always
            pricing.promotions[index].activation = .automatic
        }
        return pricing
    }

    /// The most that promotions take off which apply all together.
    private static func mostOfEveryCombination(_ pricing: RandomPricing) throws -> Int64 {
        var most: Int64 = 0
        for bits in 0..<(1 << pricing.promotions.count) {
            let ids = pricing.promotions.indices.filter { bits & (1 << $0) != 0 }.map { pricing.promotions[$0].id }
            let priced = try pricing.only(Set(ids)).choosing(.inOrder).priced()
            guard priced.applied.count == ids.count else { continue }
            most = max(most, priced.totals.discount.minorUnits)
        }
        return most
    }
}

extension RandomPricing {
    /// With these promotions alone.
    func only(_ ids: Set<PromotionID>) -> RandomPricing {
        var pricing = self
        pricing.promotions = promotions.filter { ids.contains($0.id) }
        return pricing
    }

    /// With another choice of promotions.
    func choosing(_ selection: StackingProgram.Selection) -> RandomPricing {
        var pricing = self
        pricing.policy.stacking.selection = selection
        return pricing
    }
}
