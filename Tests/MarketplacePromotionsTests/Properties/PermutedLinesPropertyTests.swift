import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// What the order of lines decides under the standard policy: who has the units that are left over in a tie, and which
/// of two lines at one price comes first.
struct PermutedLinesPropertyTests {
    @Test func benefitsOfEachLineDoNotSeeTheOrderOfLinesHoweverManyApply() {
        PropertyRun.check(1_000) { run throws in
            var pricing = RandomPricing(&run, policy: .standard)
            pricing.promotions.removeAll { !$0.benefit.isOfEachLine || $0.scope.units?.perOrder != nil }
            let forwards = try pricing.priced()
            let backwards = try pricing.withReversedLines.priced()
            #expect(forwards.lines == backwards.lines.reversed(), run.replay)
            #expect(forwards.totals == backwards.totals, run.replay)
        }
    }

    @Test func onePromotionMovesNoMoreThanOneMinorUnitOfALine() {
        PropertyRun.check(2_000) { run throws in
            var pricing = RandomPricing(&run, promotions: 1, policy: .standard)
            // Lines that stand equal in the order of units are told apart by their place alone.
            let prices = Set(pricing.basket.lines.map(\.unitPrice))
            let subtotals = Set(pricing.basket.lines.map { $0.unitPrice.minorUnits * Int64($0.quantity.value) })
            guard prices.count == pricing.basket.lines.count, subtotals.count == prices.count else { return }
            for index in pricing.promotions.indices { pricing.promotions[index].dropLineOrder() }
            let forwards = try pricing.priced()
            let backwards = try pricing.withReversedLines.priced()
            #expect(forwards.outcomes.map(\.isApplied) == backwards.outcomes.map(\.isApplied), run.replay)
            #expect(forwards.totals.discount == backwards.totals.discount, run.replay)
            for (line, other) in zip(forwards.lines, backwards.lines.reversed()) {
                #expect(abs(line.discount.minorUnits - other.discount.minorUnits) <= 1, run.replay)
                #expect(
                    line.shares.map(\.units) == other.shares.map(\.units) || line.discount.minorUnits <= 1,
                    run.replay
                )
            }
        }
    }

    @Test func theUnitThatIsLeftOverInATieGoesToTheFirstLine() throws {
        let lines = ["a", "b", "c"].map { BasketLine(RandomRules.key($0), .usd(100)) }
        let promotion = Promotion("ten", .amountOffOrder(.usd(10)))
        for lines in [lines, lines.reversed()] {
            let priced = try Basket(.usd, lines: lines).priced(with: [promotion], at: .epoch)
            #expect(priced.lines.map(\.discount) == [.usd(4), .usd(3), .usd(3)])
        }
    }
}

extension RandomPricing {
    var withReversedLines: RandomPricing {
        var pricing = self
        pricing.basket.lines.reverse()
        return pricing
    }
}

extension PromotionBenefit {
    /// Whether what it takes off a line depends on that line alone.
    fileprivate var isOfEachLine: Bool {
        switch self {
        case .percentOff(_, cap: nil), .amountOffEachUnit, .amountOffEachLine, .amountOffFirstUnit, .priceEachUnit,
            .cataloguePrice, .gift, .shipping:
            true
        default: false
        }
    }
}

extension Promotion {
    /// Leaves no choice of units to the order of lines.
    fileprivate mutating func dropLineOrder() {
        if scope.units?.order == .lineOrder { scope.units?.order = .dearestFirst }
        guard case .buyGet(var offer) = benefit else { return }
        if offer.boughtOrder == .lineOrder { offer.boughtOrder = nil }
        if offer.gotOrder == .lineOrder { offer.gotOrder = nil }
        benefit = .buyGet(offer)
    }
}
