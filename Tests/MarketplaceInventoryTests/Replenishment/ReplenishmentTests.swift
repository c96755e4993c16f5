import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

/// The worked examples are those of Heizer, Render and Munson, "Operations Management", chapter 12, and of Stevenson,
/// "Operations Management", chapter 13.
struct ReplenishmentTests {
    @Test(arguments: [
        (1_000, 10_00, 50, 200),  // Heizer: 1,000 needles a year, $10 an order, $0.50 a unit and year
        (9_600, 75_00, 16_00, 300),  // Stevenson: 9,600 tires a year, $75 an order, $16 a unit and year
        (0, 10_00, 50, 0),
        (1_000, 0, 50, 0),
        (1, 1, 1_000_000, 1),  // a root far below one is still an order of one unit
    ])
    func theEconomicOrderQuantityIsThatOfTheTextbooks(
        perYear: Int64,
        ordering: Int64,
        holding: Int64,
        expected: Int64
    ) throws {
        let quantity = try Replenishment.economicOrderQuantity(
            unitsPerYear: Ratio(perYear),
            orderingCost: Money(minorUnits: ordering, .usd),
            holdingCost: Money(minorUnits: holding, .usd)
        )
        #expect(quantity == expected)
    }

    @Test func noOtherWholeQuantityCostsLess() {
        PropertyRun.check(1_000) { run throws in
            let demand = Int64(run.natural(through: 10_000))
            let ordering = Int64(run.natural(through: 10_000))
            let holding = Int64(1 + run.natural(through: 1_000))
            let quantity = try Replenishment.economicOrderQuantity(
                unitsPerYear: Ratio(demand),
                orderingCost: Money(minorUnits: ordering, .usd),
                holdingCost: Money(minorUnits: holding, .usd)
            )
            guard demand > 0, ordering > 0 else {
                #expect(quantity == 0, run.replay)
                return
            }
            // What is compared is 2 · Q times the yearly cost, so that no fraction is cut off.
            func isCheaper(_ left: Int64, than right: Int64) -> Bool {
                func doubled(_ size: Int64) -> Int64 { 2 * demand * ordering + holding * size * size }
                return Int128(doubled(left)) * Int128(right) < Int128(doubled(right)) * Int128(left)
            }
            #expect(quantity >= 1, run.replay)
            for other in [quantity - 1, quantity + 1, quantity / 2, quantity * 2] where other >= 1 {
                #expect(!isCheaper(other, than: quantity), run.replay)
            }
            // Of two that cost the same, it is the smaller one.
            if quantity > 1 { #expect(isCheaper(quantity, than: quantity - 1), run.replay) }
        }
    }

    @Test func anEconomicOrderQuantityOfFiguresThatDoNotFitIsRefused() {
        let costs = { (number: Int64) in Money(minorUnits: number, .usd) }
        func refusal(_ demand: Ratio, _ ordering: Money, _ holding: Money) -> ReplenishmentRefusal? {
            thrownError { () throws(ReplenishmentRefusal) in
                _ = try Replenishment.economicOrderQuantity(
                    unitsPerYear: demand,
                    orderingCost: ordering,
                    holdingCost: holding
                )
            }
        }
        #expect(refusal(Ratio(-1), costs(1), costs(1)) == .negative(.demand))
        #expect(refusal(.one, costs(-1), costs(1)) == .negative(.orderingCost))
        #expect(refusal(.one, costs(.min), costs(1)) == .negative(.orderingCost))
        #expect(refusal(.one, costs(1), costs(-1)) == .negative(.holdingCost))
        #expect(refusal(.one, costs(1), costs(0)) == .notPositive(.holdingCost))
        #expect(refusal(.one, costs(1), Money(minorUnits: 1, .eur)) == .currencyMismatch(.usd, .eur))
        #expect(refusal(Ratio(.max), costs(.max), costs(1)) == .tooLarge(.orderQuantity))
    }

    @Test func safetyStockAndReorderPointAreThoseOfTheTextbooks() throws {
        func points(
            _ perDay: Int64,
            _ deviation: Int64,
            _ days: Int64,
            _ daysDeviation: Int64,
            _ factor: ServiceFactor
        ) throws -> [Int64] {
            let demand = try LeadTimeDemand(
                unitsPerDay: Ratio(perDay),
                dailyDeviation: Ratio(deviation),
                leadTimeDays: Ratio(days),
                leadTimeDeviationDays: Ratio(daysDeviation)
            )
            let safety = try Replenishment.safetyStock(for: demand, at: factor)
            return [safety, try Replenishment.reorderPoint(for: demand, safetyStock: safety)]
        }
        // Demand varies: 15 a day, deviation 5, 2 days, 90 %: 1.28 · 5 · √2 = 9.05.
        #expect(try points(15, 5, 2, 0, .level(.percent90)) == [10, 40])
        // The lead time varies: 10 a day, 6 days, deviation 3, 98 %: 2.055 · 10 · 3 = 61.65.
        #expect(try points(10, 0, 6, 3, .level(.percent98)) == [62, 122])
        // Both vary: 150 a day, deviation 16, 5 days, deviation 1, 95 %: 1.65 · √(5 · 16² + 150² · 1²) = 254.
        #expect(try points(150, 16, 5, 1, .level(.percent95)) == [254, 1_004])
        // A deviation during the lead time given at once: 1.65 · 10 = 16.5.
        #expect(try points(350, 10, 1, 0, .exactly(Ratio(165, over: 100))) == [17, 367])
        // Nothing varies, and a root that is a whole number is not rounded up further: 2 · √(9 · 4²) = 24.
        #expect(try points(10, 0, 7, 0, .level(.percent99)) == [0, 70])
        #expect(try points(10, 4, 9, 0, .exactly(Ratio(2))) == [24, 114])
    }

    @Test func safetyStockForTheWorstCaseIsTheDifferenceToTheMean() throws {
        let demand = try LeadTimeDemand(unitsPerDay: Ratio(20), leadTimeDays: Ratio(5))
        let highest = { (perDay: Int64, days: Int64) in
            try Replenishment.safetyStock(for: demand, highestPerDay: Ratio(perDay), longestDays: Ratio(days))
        }
        #expect(try highest(30, 8) == 140)
        #expect(try highest(1, 1) == 0)
        #expect(throws: ReplenishmentRefusal.negative(.demand)) { try highest(-1, 1) }
        #expect(throws: ReplenishmentRefusal.negative(.leadTime)) { try highest(1, -1) }
        #expect(throws: ReplenishmentRefusal.tooLarge(.safetyStock)) { try highest(.max, .max) }
    }

    @Test func safetyStockIsTheLeastThatCoversTheDeviation() {
        PropertyRun.check(1_000) { run throws in
            let z = Int64(run.natural(through: 40_000))
            let (deviation, days) = (Int64(run.natural(through: 1_000)), Int64(run.natural(through: 60)))
            let (perDay, daysDeviation) = (Int64(run.natural(through: 1_000)), Int64(run.natural(through: 10)))
            let demand = try LeadTimeDemand(
                unitsPerDay: Ratio(perDay),
                dailyDeviation: Ratio(deviation),
                leadTimeDays: Ratio(days),
                leadTimeDeviationDays: Ratio(daysDeviation)
            )
            let safety = try Replenishment.safetyStock(for: demand, at: .exactly(Ratio(z, over: 10_000)))
            // Both sides are multiplied by the square of ten thousand: whole numbers, nothing rounded.
            let variance = Int128(days * deviation * deviation + perDay * perDay * daysDeviation * daysDeviation)
            let target = Int128(z) * Int128(z) * variance
            func squared(_ units: Int64) -> Int128 { Int128(units) * Int128(units) * 100_000_000 }
            #expect(squared(safety) >= target, run.replay)
            if safety > 0 { #expect(squared(safety - 1) < target, run.replay) }
        }
    }

    @Test func figuresOfAnySizeAreAnsweredOrRefused() {
        PropertyRun.check { run throws in
            let figures = try (0..<4).map { _ in try run.ratio() }
            do throws(ReplenishmentRefusal) {
                let demand = try LeadTimeDemand(
                    unitsPerDay: figures[0],
                    dailyDeviation: figures[1],
                    leadTimeDays: figures[2],
                    leadTimeDeviationDays: figures[3]
                )
                let factor = run.element(of: ServiceLevel.allCases)
                let safety = try Replenishment.safetyStock(for: demand, at: .level(factor))
                _ = try Replenishment.reorderPoint(for: demand, safetyStock: safety)
                _ = try Replenishment.safetyStock(for: demand, highestPerDay: figures[1], longestDays: figures[3])
            } catch {
                #expect(error.effect == .refused)
            }
            do throws(ReplenishmentRefusal) {
                _ = try Replenishment.economicOrderQuantity(
                    unitsPerYear: figures[0],
                    orderingCost: Money(minorUnits: run.integer(), .usd),
                    holdingCost: Money(minorUnits: run.integer(), .usd)
                )
            } catch {
                #expect(error.effect == .refused)
            }
        }
    }

    @Test func negativeFiguresAreRefused() throws {
        func refusal(_ figures: Int64...) -> ReplenishmentRefusal? {
            thrownError { () throws(ReplenishmentRefusal) in
                _ = try LeadTimeDemand(
                    unitsPerDay: Ratio(figures[0]),
                    dailyDeviation: Ratio(figures[1]),
                    leadTimeDays: Ratio(figures[2]),
                    leadTimeDeviationDays: Ratio(figures[3])
                )
            }
        }
        #expect(refusal(-1, 0, 0, 0) == .negative(.demand))
        #expect(refusal(0, -1, 0, 0) == .negative(.demandDeviation))
        #expect(refusal(0, 0, -1, 0) == .negative(.leadTime))
        #expect(refusal(0, 0, 0, -1) == .negative(.leadTimeDeviation))
        let demand = try LeadTimeDemand(unitsPerDay: .one, leadTimeDays: .one)
        #expect(throws: ReplenishmentRefusal.negative(.serviceFactor)) {
            try Replenishment.safetyStock(for: demand, at: .exactly(Ratio(-1)))
        }
        #expect(throws: ReplenishmentRefusal.negative(.safetyStock)) {
            try Replenishment.reorderPoint(for: demand, safetyStock: -1)
        }
    }

    @Test func aHigherServiceLevelHasAHigherFactor() {
        let factors = ServiceLevel.allCases.map(\.factorTenThousandths)
        #expect(factors == factors.sorted() && Set(factors).count == factors.count)
    }
}
