/// Durations counted in buckets of one width, for durations that lie so close together that a logarithm shows one bar.
public struct LinearHistogram: Hashable, Sendable {
    /// The buckets from the first to the last that counts anything, empty ones between them included.
    public let buckets: [LogHistogram.Bucket]
    /// How many durations were counted.
    public let count: Int

    /// About how many buckets there are: enough to show a shape, and each still wide enough to be seen.
    private static let usualCount: Int64 = 30

    /// Counts durations in nanoseconds, in any order; negative ones count as zero.
    public init(nanoseconds: [Int64]) {
        count = nanoseconds.count
        let durations = nanoseconds.map { max(0, $0) }
        guard let shortest = durations.min(), let longest = durations.max() else {
            buckets = []
            return
        }
        let width = Self.width(for: (longest - shortest) / Self.usualCount)
        let first = shortest / width
        var counts = Array(repeating: 0, count: Int(longest / width - first) + 1)
        for duration in durations { counts[Int(duration / width - first)] += 1 }
        buckets = counts.enumerated().map { index, count in
            let lower = (first + Int64(index)) * width
            let (upper, overflow) = lower.addingReportingOverflow(width)
            return LogHistogram.Bucket(
                lowerNanoseconds: lower,
                upperNanoseconds: overflow ? .max : upper,
                count: count
            )
        }
    }

    /// The least of 1, 2 and 5 times a power of ten that is above `least`.
    private static func width(for least: Int64) -> Int64 {
        var power: Int64 = 1
        while true {
            for factor: Int64 in [1, 2, 5] where power > least / factor { return power * factor }
            let (next, overflow) = power.multipliedReportingOverflow(by: 10)
            // A fifth of the range of 64 bits is wide enough for all of it.
            if overflow { return power }
            power = next
        }
    }
}
