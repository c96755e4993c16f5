import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// Input that nobody should hand in: it is priced or refused with a reason, and never traps.
struct DamagedInputPropertyTests {
    @Test func anyInputIsPricedOrRefusedWithItsReason() {
        PropertyRun.check(2_000) { run throws in
            var pricing = RandomPricing(&run, run.natural(through: 1) == 0 ? .ordinary : .extreme, promotions: 4)
            for _ in 0...run.natural(through: 1) {
                try pricing.damageBasket(&run)
                try pricing.damagePromotion(&run)
                pricing.damagePolicy(&run)
            }
            do throws(PricingError) {
                let problems = PricingAudit(pricing, try pricing.priced()).problems
                #expect(problems.isEmpty, run.replay)
            } catch {
                #expect(!error.description.isEmpty, run.replay)
            }
        }
    }
}

extension RandomPricing {
    fileprivate mutating func damageBasket(_ run: inout PropertyRun) throws {
        guard let index = basket.lines.indices.randomElement(using: &run.generator) else { return }
        switch run.natural(through: 9) {
        case 0: basket.lines[index].unitPrice = Money(minorUnits: run.integer(), RandomRules.currency)
        case 1: basket.lines[index].minimumUnitPrice = Money(minorUnits: run.integer(), RandomRules.currency)
        case 2: basket.lines[index].listPrice = Money(minorUnits: run.integer(), run.element(of: [.krw, .usd]))
        case 3: basket.lines[index].tax = TaxRate(percentage: Percentage(try run.ratio()), isIncluded: true)
        case 4: basket.lines.append(basket.lines[index])
        case 5: basket.shipping.append(ShippingCharge("extra", Money(minorUnits: run.integer(), RandomRules.currency)))
        case 6: basket.currency = .krw
        default: break
        }
    }

    fileprivate mutating func damagePromotion(_ run: inout PropertyRun) throws {
        guard let index = promotions.indices.randomElement(using: &run.generator) else { return }
        let any = run.integer()
        let money = Money(minorUnits: any, run.element(of: [.usd, .usd, .krw]))
        let percentage = Percentage(try run.ratio())
        let count = Int(clamping: any)
        let other = Int(clamping: run.integer())
        var promotion = promotions[index]
        promotion.condition = run.natural(through: 1) == 0 ? .always : promotion.condition
        switch run.natural(through: 16) {
        case 0: promotion.benefit = .amountOffEachUnit(money)
        case 1: promotion.benefit = .percentOffOrder(percentage, cap: money)
        case 2: promotion.benefit = .bundlePrice(money, units: count, repeats: other)
        case 3: promotion.benefit = .buyGet(BuyGet(buy: count, get: other, repeats: 1))
        case 4: promotion.benefit = .tiers(BenefitTiers(by: .goodsTotal, []))
        case 5: promotion.benefit = .tiers(BenefitTiers(by: .lineQuantity, [.init(from: any, promotion.benefit)]))
        case 6: promotion.benefit = .gift(Gift("gift", worth: money))
        case 7: promotion.benefit = .shipping(.percentOff(percentage), attribute: .init("", .number(.atLeast(count))))
        case 8: promotion.scope.units = UnitPick(perOrder: count, perLine: other)
        case 9: promotion.condition = .quantity(CountRange(atLeast: count, atMost: other))
        case 10: promotion.condition = .total(AmountRange(atLeast: money, atMost: .usd(other > 0 ? 1 : 0)))
        case 11: promotion.condition = (0..<200).reduce(.always) { inner, _ in .not(inner) }
        case 12: promotion.limits = PromotionLimits(total: any, budget: money)
        case 13: promotion.bearer = .shared(sellers: percentage)
        case 14: promotion.stacking.priority = count
        case 15: promotion.id = promotions[0].id
        default: promotion.period = PromotionPeriod(from: time, until: Timestamp(microsecondsSinceEpoch: any))
        }
        promotions[index] = promotion
    }

    fileprivate mutating func damagePolicy(_ run: inout PropertyRun) {
        let count = Int(clamping: run.integer())
        switch run.natural(through: 5) {
        case 0: policy.stacking.maximumCodes = count
        case 1: policy.stacking.selection = .best(exactUpTo: count)
        case 2: policy.stacking.classes = Array(repeating: .best(.order), count: 3) + [.all(.order)]
        case 3: codes = Array(repeating: "A", count: run.natural(through: 110))
        default: break
        }
    }
}
