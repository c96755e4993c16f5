import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// An amount over several lines: shares that add up, and bounds that are kept.
struct SpreadTests {
    private func discounts(
        _ benefit: PromotionBenefit,
        _ lines: [BasketLine],
        _ policy: PricingPolicy = .standard
    ) throws -> [Int64] {
        let priced = try Basket(.usd, lines: lines).priced(with: [Promotion("it", benefit)], at: .epoch, policy: policy)
        return priced.lines.map(\.discount.minorUnits)
    }

    private func lines(_ prices: Int64..., floors: [Int64?] = []) -> [BasketLine] {
        prices.indices.map { index in
            var line = BasketLine(RandomRules.key("\(index)"), .usd(prices[index]))
            if index < floors.count { line.minimumUnitPrice = floors[index].map(Money.usd) }
            return line
        }
    }

    @Test func whatIsLeftOverGoesToTheLargestFractionsTiesToTheFirstLine() throws {
        #expect(try discounts(.amountOffOrder(.usd(100)), lines(300, 300, 300)) == [34, 33, 33])
        // 100 × 1/7, 2/7 and 4/7 are 14.29, 28.57 and 57.14.
        #expect(try discounts(.amountOffOrder(.usd(100)), lines(100, 200, 400)) == [14, 29, 57])
    }

    @Test func anAmountOfOneCentIsNotLostOverManyLines() throws {
        let lines = (0..<1_000).map { BasketLine(RandomRules.key("\($0)"), .usd(100)) }
        #expect(try discounts(.amountOffOrder(.usd(1)), lines).reduce(0, +) == 1)
    }

    @Test func anAmountIsSpreadByValueByUnitsOrEvenly() throws {
        let lines = [
            BasketLine("a", .usd(100), quantity: .units(3)), BasketLine("b", .usd(600)),
        ]
        #expect(try discounts(.amountOffOrder(.usd(90)), lines) == [30, 60])
        #expect(try discounts(.amountOffOrder(.usd(90), spread: .byUnits), lines) == [68, 22])
        #expect(try discounts(.amountOffOrder(.usd(90), spread: .evenly), lines) == [45, 45])
    }

    @Test func whatALineCannotTakeGoesToTheOthers() throws {
        // The first takes 10 of its 50, the others share the rest one to two.
        let lines = lines(100, 100, 200, floors: [90])
        #expect(try discounts(.amountOffOrder(.usd(200)), lines) == [10, 63, 127])
        #expect(try discounts(.amountOffOrder(.usd(1_000)), lines) == [10, 100, 200])
        #expect(try discounts(.amountOffOrder(.usd(90), spread: .evenly), self.lines(10, 200, 200)) == [10, 40, 40])
    }

    @Test func oneThatIsFullFillsUpTheNext() throws {
        // 300 in equal parts: the first is full at 10, and then the second too, at 100 of 145.
        #expect(try discounts(.amountOffOrder(.usd(300), spread: .evenly), lines(10, 100, 500)) == [10, 100, 190])
    }

    @Test func aLineThatStartsBelowItsFloorIsLeftAlone() throws {
        #expect(try discounts(.percentOff(.percent(50)), lines(100, 100, floors: [120])) == [0, 50])
        #expect(try discounts(.amountOffOrder(.usd(60)), lines(100, 100, floors: [120])) == [0, 60])
    }

    @Test func aPercentageOfEachLineStopsAtItsFloorAndIsNotGivenToOthers() throws {
        #expect(try discounts(.percentOff(.percent(50)), lines(100, 100, floors: [90])) == [10, 50])
        #expect(try discounts(.percentOffOrder(.percent(50)), lines(100, 100, floors: [90])) == [10, 90])
    }

    @Test func linesThatMustNotBeDiscountedHaveNoShare() throws {
        var lines = lines(100, 100)
        lines[0].isDiscountable = false
        #expect(try discounts(.amountOffOrder(.usd(60)), lines) == [0, 60])
        #expect(try discounts(.priceOfOrder(.usd(60)), lines) == [0, 40])
        #expect(try discounts(.percentOffGoodsAndShipping(.percent(10)), lines) == [0, 10])
    }

    @Test func aCapIsOverAllLinesTogether() throws {
        #expect(try discounts(.percentOff(.percent(20), cap: .usd(50)), lines(100, 400)) == [10, 40])
        #expect(try discounts(.percentOff(.percent(20), cap: .usd(101)), lines(100, 400)) == [20, 80])
    }

    @Test func roundingHappensWhereThePolicySays() throws {
        let lines = [BasketLine("a", .usd(5), quantity: .units(3)), BasketLine("b", .usd(5), quantity: .units(3))]
        func discounts(_ place: RoundingPlace) throws -> [Int64] {
            try self.discounts(.percentOff(.percent(10)), lines, PricingPolicy(roundingPlace: place))
        }
        // Half a cent of each unit, one and a half of each line, three of all.
        #expect(try discounts(.unit) == [3, 3])
        #expect(try discounts(.line) == [2, 2])
        #expect(try discounts(.promotion) == [2, 1])
    }

    @Test func remaindersGoWhereThePolicySays() throws {
        func discounts(_ remainder: RemainderPlacement, _ order: UnitOrder = .lineOrder) throws -> [Int64] {
            let policy = PricingPolicy(remainder: remainder, spreadOrder: order)
            return try self.discounts(.amountOffOrder(.usd(100)), lines(299, 300, 301), policy)
        }
        #expect(try discounts(.first) == [34, 33, 33])
        #expect(try discounts(.last) == [33, 33, 34])
        #expect(try discounts(.first, .dearestFirst) == [33, 33, 34])
        #expect(try discounts(.last, .dearestFirst) == [34, 33, 33])
    }

    @Test func anyPlacementOfRemaindersKeepsTheSumAndTheBounds() {
        PropertyRun.check(1_000) { run throws in
            let lines = (0..<run.natural(through: 5) + 1).map { index in
                var line = BasketLine(RandomRules.key("\(index)"), .usd(Int64(run.natural(through: 9))))
                if run.natural(through: 2) == 0 { line.minimumUnitPrice = .usd(Int64(run.natural(through: 9))) }
                return line
            }
            let room = lines.map { max(0, $0.unitPrice.minorUnits - ($0.minimumUnitPrice?.minorUnits ?? 0)) }
            let mode = run.element(of: RoundingMode.allCases)
            let amount = Int64(run.natural(through: 40))
            let spread = run.element(of: PromotionBenefit.Spread.allCases)
            for remainder in [
                RemainderPlacement.wholeToFirst(base: mode), .wholeToLast(base: mode), .first(base: mode),
                .last(base: mode), .largest(base: mode), .successiveFromFirst(rounding: mode),
            ] {
                let policy = PricingPolicy(remainder: remainder)
                let found = try discounts(.amountOffOrder(.usd(amount), spread: spread), lines, policy)
                #expect(found.reduce(0, +) == min(amount, room.reduce(0, +)), run.replay)
                #expect(zip(found, room).allSatisfy { 0 <= $0 && $0 <= $1 }, run.replay)
            }
        }
    }
}
