/// Durations counted in buckets that grow with their size, twelve to a decade.
///
/// The bounds are the E12 series of preferred numbers (IEC 60063), 10, 12, 15, 18, … 82, times a power of ten: whole
/// nanoseconds, about a fifth apart, with every decade on a bound. Counts are exact.
public struct LogHistogram: Hashable, Sendable {
    /// The durations from a bound up to, and without, the next one.
    public struct Bucket: Hashable, Sendable {
        /// The shortest duration counted here, in nanoseconds.
        public let lowerNanoseconds: Int64
        /// The shortest duration not counted here any more, in nanoseconds; the last bucket includes it.
        public let upperNanoseconds: Int64
        /// How many durations there are.
        public let count: Int
    }

    /// The buckets from the first to the last that counts anything, empty ones between them included.
    ///
    /// The first of all buckets begins at 0, ends at 10 ns and takes negative durations too.
    public let buckets: [Bucket]
    /// How many durations were counted.
    public let count: Int

    /// Counts durations in nanoseconds, in any order.
    public init(nanoseconds: [Int64]) {
        var counts = Array(repeating: 0, count: Self.bounds.count)
        for duration in nanoseconds { counts[Self.index(of: duration)] += 1 }
        count = nanoseconds.count
        guard let first = counts.firstIndex(where: { $0 > 0 }), let last = counts.lastIndex(where: { $0 > 0 }) else {
            buckets = []
            return
        }
        buckets = (first...last).map { index in
            let upper = index + 1 < Self.bounds.count ? Self.bounds[index + 1] : Int64.max
            return Bucket(lowerNanoseconds: Self.bounds[index], upperNanoseconds: upper, count: counts[index])
        }
    }

    /// The lower bounds of all buckets.
    static let bounds: [Int64] = {
        var bounds: [Int64] = [0]
        var decade: Int64 = 1
        while true {
            for factor: Int64 in [10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82] {
                let (bound, overflow) = decade.multipliedReportingOverflow(by: factor)
                if overflow { return bounds }
                bounds.append(bound)
            }
            let (next, overflow) = decade.multipliedReportingOverflow(by: 10)
            if overflow { return bounds }
            decade = next
        }
    }()

    /// The last bucket whose lower bound is not above the duration.
    static func index(of nanoseconds: Int64) -> Int {
        var low = 0
        var high = bounds.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if bounds[middle] <= nanoseconds { low = middle } else { high = middle }
        }
        return low
    }
}
