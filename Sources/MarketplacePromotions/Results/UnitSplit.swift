public import MarketplaceCore

/// An amount split over the units of a line as evenly as whole minor units allow.
///
/// Takes the room of three numbers, however many units there are.
public struct UnitSplit: Sendable, Hashable {
    /// The amount; not negative.
    public let total: Money
    /// How many units.
    public let units: Int
    /// Which units have one minor unit more.
    public let remainder: UnitRemainder

    /// The split of an amount that is not negative over at least one unit.
    init(_ total: Money, over units: Int, remainder: UnitRemainder) {
        self.total = total
        self.units = units
        self.remainder = remainder
    }

    /// The share of one unit; the first has index 0.
    public subscript(index: Int) -> Money {
        precondition((0..<units).contains(index), "the line has \(units) units")
        let (base, extra) = total.minorUnits.quotientAndRemainder(dividingBy: Int64(units))
        let hasMore =
            switch remainder {
            case .firstUnits: index < Int(extra)
            case .lastUnits: index >= units - Int(extra)
            }
        return Money(minorUnits: base + (hasMore ? 1 : 0), total.currency)
    }

    /// Where shares change: runs of units with one share each, the first unit first.
    public var runs: [Run] {
        let (base, rest) = total.minorUnits.quotientAndRemainder(dividingBy: Int64(units))
        let extra = Int(rest)
        let less = Run(units: units - extra, share: Money(minorUnits: base, total.currency))
        guard extra > 0 else { return [less] }
        let more = Run(units: extra, share: Money(minorUnits: base + 1, total.currency))
        return remainder == .firstUnits ? [more, less] : [less, more]
    }

    /// So many units with one share each.
    public struct Run: Sendable, Hashable {
        /// How many units.
        public let units: Int
        /// The share of each.
        public let share: Money
    }
}
