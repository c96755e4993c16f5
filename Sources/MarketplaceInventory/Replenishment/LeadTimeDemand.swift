public import MarketplaceCore

/// What is known of the demand for a SKU and of the time until an order of it arrives.
///
/// All four figures are of the same unit of time, a day. Fractions are exact: 2.5 units per day are `Ratio(5, over: 2)`.
public struct LeadTimeDemand: Hashable, Sendable {
    /// The mean demand, in units per day.
    public let unitsPerDay: Ratio
    /// The standard deviation of one day's demand, in units.
    public let dailyDeviation: Ratio
    /// The mean time from the order to the arrival, in days.
    public let leadTimeDays: Ratio
    /// The standard deviation of that time, in days.
    public let leadTimeDeviationDays: Ratio

    /// Makes the figures; without deviations they never vary.
    ///
    /// - Throws: ``ReplenishmentRefusal/negative(_:)``.
    public init(
        unitsPerDay: Ratio,
        dailyDeviation: Ratio = .zero,
        leadTimeDays: Ratio,
        leadTimeDeviationDays: Ratio = .zero
    ) throws(ReplenishmentRefusal) {
        guard !unitsPerDay.isNegative else { throw .negative(.demand) }
        guard !dailyDeviation.isNegative else { throw .negative(.demandDeviation) }
        guard !leadTimeDays.isNegative else { throw .negative(.leadTime) }
        guard !leadTimeDeviationDays.isNegative else { throw .negative(.leadTimeDeviation) }
        self.unitsPerDay = unitsPerDay
        self.dailyDeviation = dailyDeviation
        self.leadTimeDays = leadTimeDays
        self.leadTimeDeviationDays = leadTimeDeviationDays
    }
}
