public import MarketplaceCore

/// The formulas of replenishment: exact fractions in, whole units out, with a rounding that is part of each formula.
///
/// No result is above ``InventoryLimits/unitsOnHand``; one that would be is refused.
public enum Replenishment {
    /// The units to keep for demand and delays that were not foreseen, when both vary independently of each other.
    ///
    /// *z* · √(*L* · σ*d*² + *d*² · σ*L*²), rounded up: *z* the service factor, *d* the demand per day with its
    /// deviation σ*d*, *L* the lead time in days with its deviation σ*L* (King, "Crack the Code: Understanding Safety
    /// Stock and Mastering Its Equations", APICS Magazine, July/August 2011).
    ///
    /// - Throws: ``ReplenishmentRefusal/negative(_:)`` or ``ReplenishmentRefusal/tooLarge(_:)``.
    public static func safetyStock(
        for demand: LeadTimeDemand,
        at factor: ServiceFactor
    ) throws(ReplenishmentRefusal) -> Int64 {
        guard let factor = factor.value else { throw .negative(.serviceFactor) }
        guard
            let daily = WideRatio(demand.unitsPerDay), let dailyDeviation = WideRatio(demand.dailyDeviation),
            let days = WideRatio(demand.leadTimeDays), let daysDeviation = WideRatio(demand.leadTimeDeviationDays),
            let ofDemand = dailyDeviation.times(dailyDeviation)?.times(days),
            let deviationOfDays = daily.times(daysDeviation),
            let ofDays = deviationOfDays.times(deviationOfDays),
            let variance = ofDemand.plus(ofDays),
            let square = factor.times(factor)?.times(variance)
        else { throw .tooLarge(.safetyStock) }
        return try units(square.squareRootRoundedUp, .safetyStock)
    }

    /// The units to keep so that the longest lead time at the highest demand finds no shortage.
    ///
    /// *d*max · *L*max − *d* · *L*, rounded up, and nothing when that is negative: the rule for those who know no
    /// deviations.
    ///
    /// - Parameters:
    ///   - demand: The mean demand and lead time.
    ///   - highestPerDay: The most units wanted on one day.
    ///   - longestDays: The longest time from an order to its arrival, in days.
    /// - Returns: The units.
    /// - Throws: ``ReplenishmentRefusal/negative(_:)`` or ``ReplenishmentRefusal/tooLarge(_:)``.
    public static func safetyStock(
        for demand: LeadTimeDemand,
        highestPerDay: Ratio,
        longestDays: Ratio
    ) throws(ReplenishmentRefusal) -> Int64 {
        guard let highest = WideRatio(highestPerDay) else { throw .negative(.demand) }
        guard let longest = WideRatio(longestDays) else { throw .negative(.leadTime) }
        guard
            let most = highest.times(longest),
            let daily = WideRatio(demand.unitsPerDay), let days = WideRatio(demand.leadTimeDays),
            let mean = daily.times(days), let difference = most.excess(over: mean)
        else { throw .tooLarge(.safetyStock) }
        return try units(difference.roundedUp, .safetyStock)
    }

    /// The stock at which the units that are left last just until an order arrives, safety stock untouched.
    ///
    /// *d* · *L* + safety stock, rounded up: *d* the demand per day, *L* the lead time in days.
    ///
    /// - Throws: ``ReplenishmentRefusal/negative(_:)`` or ``ReplenishmentRefusal/tooLarge(_:)``.
    public static func reorderPoint(
        for demand: LeadTimeDemand,
        safetyStock: Int64
    ) throws(ReplenishmentRefusal) -> Int64 {
        guard let safety = UInt64(exactly: safetyStock) else { throw .negative(.safetyStock) }
        guard
            let daily = WideRatio(demand.unitsPerDay), let days = WideRatio(demand.leadTimeDays),
            let sum = daily.times(days)?.plus(WideRatio(safety))
        else { throw .tooLarge(.reorderPoint) }
        return try units(sum.roundedUp, .reorderPoint)
    }

    /// The order size at which ordering and keeping stock cost least together.
    ///
    /// √(2 · *D* · *S* ∕ *H*): *D* the units wanted per year, *S* what an order costs whatever its size, *H* what
    /// keeping one unit for a year costs (Harris, "How Many Parts to Make at Once", Factory, The Magazine of
    /// Management 10(2), 1913). An order has whole units, so the answer is the neighbour of the root that costs less a
    /// year, *D* · *S* ∕ *Q* + *H* · *Q* ∕ 2: the smallest *Q* with *Q* · (*Q* + 1) ≥ 2 · *D* · *S* ∕ *H*. The smaller
    /// one when both cost the same; zero when nothing is wanted or orders cost nothing.
    ///
    /// - Parameters:
    ///   - unitsPerYear: The demand.
    ///   - orderingCost: What one order costs, whatever its size.
    ///   - holdingCost: What keeping one unit for a year costs.
    /// - Returns: The units of one order.
    /// - Throws: ``ReplenishmentRefusal``.
    public static func economicOrderQuantity(
        unitsPerYear: Ratio,
        orderingCost: Money,
        holdingCost: Money
    ) throws(ReplenishmentRefusal) -> Int64 {
        guard orderingCost.currency == holdingCost.currency else {
            throw .currencyMismatch(orderingCost.currency, holdingCost.currency)
        }
        guard let ordering = UInt64(exactly: orderingCost.minorUnits) else { throw .negative(.orderingCost) }
        guard let holding = UInt64(exactly: holdingCost.minorUnits) else { throw .negative(.holdingCost) }
        guard holding > 0 else { throw .notPositive(.holdingCost) }
        guard let demand = WideRatio(unitsPerYear) else { throw .negative(.demand) }
        guard
            let costs = WideRatio(ordering).divided(by: WideRatio(holding)),
            let square = costs.times(demand)?.times(WideRatio(2))
        else { throw .tooLarge(.orderQuantity) }
        let root = square.squareRootRoundedDown
        // The root lies below root + 1, so a square above root · (root + 1) is nearer, by cost, to the next number.
        let costsLessOneAbove = square.roundedUp > root * (root + 1)
        return try units(costsLessOneAbove ? root + 1 : root, .orderQuantity)
    }

    private static func units(
        _ number: UInt128,
        _ figure: ReplenishmentRefusal.Figure
    ) throws(ReplenishmentRefusal) -> Int64 {
        guard number <= UInt128(InventoryLimits.unitsOnHand) else { throw .tooLarge(figure) }
        return Int64(number)
    }
}
