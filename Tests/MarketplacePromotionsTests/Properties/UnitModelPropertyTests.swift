import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// Offers of several units against a model that takes one unit after the other.
struct UnitModelPropertyTests {
    @Test func purchasesThatGetOthersCheaperTakeTheUnitsThatAModelTakesOneByOne() {
        PropertyRun.check(3_000) { run throws in
            var rules = RandomRules(run: run, size: .ordinary)
            let basket = Self.basket(&rules)
            var offer = BuyGet(buy: rules.units(through: 3), get: rules.units(through: 3))
            if rules.isHeads() { offer.repeats = rules.units(through: 4) }
            if rules.isHeads() { offer.boughtOrder = rules.element(of: UnitOrder.allCases) }
            if rules.isHeads() { offer.gotOrder = rules.element(of: UnitOrder.allCases) }
            let bought = rules.some(of: basket.lines.map(\.id))
            let got = rules.some(of: basket.lines.map(\.id))
            if rules.isHeads() { offer.bought = .lines(bought) }
            if rules.isHeads() { offer.got = .lines(got) }
            let pick = rules.isHeads() ? rules.units(through: 8) : nil
            let promotion = Promotion("offer", .buyGet(offer), units: pick.map { UnitPick(perOrder: $0) })
            let priced = try basket.priced(with: [promotion], at: .epoch)

            var model = UnitModel(basket)
            let policy = PricingPolicy.standard
            func lines(_ filter: LineFilter?, _ ids: [BasketLineID]) -> [Int] {
                basket.lines.indices.filter { filter == nil || ids.contains(basket.lines[$0].id) }
            }
            let gotLines = model.lines(lines(offer.got, got), by: offer.gotOrder ?? policy.gotOrder)
            let boughtLines = model.lines(lines(offer.bought, bought), by: offer.boughtOrder ?? policy.boughtOrder)
            let counts = model.take(
                offer,
                from: boughtLines.filter { !gotLines.contains($0) } + boughtLines.filter(gotLines.contains),
                to: gotLines,
                atMost: pick ?? .max
            )
            let result = priced.applied.first
            for (line, count) in zip(basket.lines, counts) {
                let share = result?.lines.first { $0.line == line.id }
                #expect(share?.units ?? 0 == count.got, run.replay)
                #expect(share?.amount.minorUnits ?? 0 == line.unitPrice.minorUnits * Int64(count.got), run.replay)
                #expect(result?.bought.first { $0.line == line.id }?.units ?? 0 == count.bought, run.replay)
            }
        }
    }

    @Test func bundlesSaveWhatAModelSavesOneByOne() {
        PropertyRun.check(3_000) { run throws in
            var rules = RandomRules(run: run, size: .ordinary)
            let basket = Self.basket(&rules)
            let price = rules.money(through: 3_000)
            let size = rules.units(through: 4)
            let repeats = rules.isHeads() ? rules.units(through: 3) : nil
            let order = rules.isHeads() ? rules.element(of: UnitOrder.allCases) : nil
            let promotion = Promotion(
                "bundle",
                .bundlePrice(price, units: size, repeats: repeats),
                units: UnitPick(order)
            )
            let model = UnitModel(basket)
            let lines = model.lines(Array(basket.lines.indices), by: order ?? PricingPolicy.standard.boughtOrder)
            let saved = model.saving(of: price, units: size, repeats: repeats, from: lines)
            #expect(try basket.priced(with: [promotion], at: .epoch).totals.discount == .usd(saved), run.replay)
        }
    }

    /// A basket of a few units, each of which costs something.
    private static func basket(_ rules: inout RandomRules) -> Basket {
        let lines = (0..<rules.natural(through: 4)).map { index in
            BasketLine(
                RandomRules.key("l\(index)"),
                .usd(Int64(rules.natural(through: rules.isHeads() ? 3 : 2_000) + 1)),
                quantity: .units(rules.natural(through: 6) + 1)
            )
        }
        return Basket(.usd, lines: lines)
    }
}
