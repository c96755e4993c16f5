import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct UnitAmountsTests {
    @Test func anyPartsOfALineAddUpToIt() {
        PropertyRun.check(500) { run in
            let runs = (0...run.natural(through: 4)).map { _ in
                UnitAmounts.Run(units: 1 + run.natural(through: 9), eachMinor: Int64(run.natural(through: 3000)))
            }
            let weights = try UnitAmounts(runs)
            let total = Int64(run.natural(through: 100_000)) - 50_000
            let spread = try UnitAmounts(spreading: total, by: weights)
            #expect(spread.totalMinor == total, run.replay)
            #expect(spread.units == weights.units, run.replay)
            var taken = 0
            var sum: Int64 = 0
            while taken < spread.units {
                let count = 1 + run.natural(through: spread.units - taken - 1)
                sum += spread.sum(from: taken, units: count)
                taken += count
            }
            #expect(sum == total, run.replay)
        }
    }

    @Test func aBillionUnitsAreAFewRuns() throws {
        let even = try UnitAmounts([UnitAmounts.Run(units: Quantity.maximum, eachMinor: 7)])
        let spread = try UnitAmounts(spreading: 1_234_567_891, by: even)
        #expect(spread.runs.count == 2)
        #expect(spread.totalMinor == 1_234_567_891)
    }

    @Test func whatDoesNotFitIsATypedError() {
        #expect(throws: SettledLineError.overflow) { try UnitAmounts([UnitAmounts.Run(units: 3, eachMinor: .max)]) }
        #expect(throws: SettledLineError.units) { try UnitAmounts([]) }
        #expect(throws: SettledLineError.units) { try UnitAmounts([UnitAmounts.Run(units: 0, eachMinor: 1)]) }
        let mixed = [UnitAmounts.Run(units: 1, eachMinor: 1), UnitAmounts.Run(units: 1, eachMinor: -1)]
        #expect(throws: SettledLineError.mixedSigns) { try UnitAmounts(mixed) }
    }
}
