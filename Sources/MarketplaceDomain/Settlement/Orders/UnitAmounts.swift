import MarketplaceCore

/// An amount for each unit of a line, frozen: runs of units with equal amounts, the first units first.
///
/// The amounts of any units, taken in any order, add up to that of the line: they are read, never computed again.
public struct UnitAmounts: Sendable, Hashable {
    /// So many units with the same amount each.
    public struct Run: Sendable, Hashable, Codable {
        /// How many units.
        public let units: Int
        /// The amount of each, in minor units.
        public let eachMinor: Int64

        /// So many units with the same amount each.
        public init(units: Int, eachMinor: Int64) {
            self.units = units
            self.eachMinor = eachMinor
        }
    }

    /// The runs.
    public let runs: [Run]
    /// How many units there are.
    public let units: Int
    /// What all units come to, in minor units.
    public let totalMinor: Int64

    /// The amounts of these runs.
    ///
    /// - Throws: ``SettledLineError`` when a run has no units, signs differ, or the sum does not fit.
    public init(_ runs: [Run]) throws(SettledLineError) {
        var units = 0
        var total: Int128 = 0
        for run in runs {
            guard run.units > 0, run.units <= Quantity.maximum - units else { throw .units }
            units += run.units
            total += Int128(run.eachMinor) * Int128(run.units)
        }
        guard units > 0 else { throw .units }
        guard let totalMinor = Int64(exactly: total) else { throw .overflow }
        let signs = Set(runs.lazy.map { $0.eachMinor.signum() }).subtracting([0])
        guard signs.count < 2 else { throw .mixedSigns }
        self.runs = Self.joined(runs)
        self.units = units
        self.totalMinor = totalMinor
    }

    /// So much for the whole line, spread over its units in proportion to `weights`, evenly where those are all zero.
    ///
    /// Runs take their largest-remainder shares; in a run the first units take one minor unit more where it does not
    /// divide.
    public init(spreading totalMinor: Int64, by weights: UnitAmounts) throws(SettledLineError) {
        var parts: [Int64] = []
        for run in weights.runs {
            let weight = weights.totalMinor == 0 ? Int128(run.units) : Int128(run.eachMinor) * Int128(run.units)
            guard let part = Int64(exactly: weight.magnitude) else { throw .overflow }
            parts.append(part)
        }
        let shares: [Int64]
        do throws(AllocationError) {
            shares = try Allocation.shares(of: totalMinor, by: parts)
        } catch {
            throw .overflow
        }
        var runs: [Run] = []
        for (run, share) in zip(weights.runs, shares) {
            let (each, rest) = share.quotientAndRemainder(dividingBy: Int64(run.units))
            let more = Int(rest.magnitude)
            if more > 0 { runs.append(Run(units: more, eachMinor: each + rest.signum())) }
            if run.units > more { runs.append(Run(units: run.units - more, eachMinor: each)) }
        }
        try self.init(runs)
    }

    /// What so many units come to together, from a unit on; the first unit has index 0.
    ///
    /// Units that are not there count nothing.
    public func sum(from first: Int, units count: Int) -> Int64 {
        var sum: Int64 = 0
        var start = 0
        for run in runs {
            let taken = max(0, min(start + run.units, first + count) - max(start, first))
            // No part is more than the total, since all amounts have one sign.
            sum += run.eachMinor * Int64(taken)
            start += run.units
        }
        return sum
    }

    /// The amounts of the first so many units, then those of others.
    ///
    /// - Throws: ``SettledLineError`` when nothing is left, there would be too many units, signs differ, or the sum does
    ///   not fit.
    func first(_ count: Int, then others: UnitAmounts) throws(SettledLineError) -> UnitAmounts {
        var left = count
        var kept: [Run] = []
        for run in runs where left > 0 {
            let units = min(run.units, left)
            kept.append(Run(units: units, eachMinor: run.eachMinor))
            left -= units
        }
        return try UnitAmounts(kept + others.runs)
    }

    private static func joined(_ runs: [Run]) -> [Run] {
        var joined: [Run] = []
        for run in runs {
            if let last = joined.last, last.eachMinor == run.eachMinor {
                joined[joined.count - 1] = Run(units: last.units + run.units, eachMinor: run.eachMinor)
            } else {
                joined.append(run)
            }
        }
        return joined
    }
}

extension UnitAmounts: Codable {
    /// Decodes the runs, and checks them.
    public init(from decoder: any Decoder) throws {
        let runs = try decoder.singleValueContainer().decode([Run].self)
        do throws(SettledLineError) {
            try self.init(runs)
        } catch {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: error.description)
            throw DecodingError.dataCorrupted(context)
        }
    }

    /// Encodes the runs.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(runs)
    }
}
