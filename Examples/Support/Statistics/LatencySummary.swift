/// The order statistics of a set of latencies, exactly.
public struct LatencySummary: Sendable {
    private let sorted: [Int64]
    private let sum: Int128

    /// Sorts the latencies, in nanoseconds.
    public init(nanoseconds: [Int64]) {
        sorted = nanoseconds.sorted()
        sum = nanoseconds.reduce(into: Int128(0)) { $0 += Int128($1) }
    }

    /// Sorts the latencies; one beyond 292 years counts as that.
    public init(_ durations: [Duration]) {
        self.init(nanoseconds: durations.map(\.wholeNanoseconds))
    }

    /// How many latencies there are.
    public var count: Int { sorted.count }
    /// The shortest; `nil` when there are none.
    public var shortest: Duration? { sorted.first.map { .nanoseconds($0) } }
    /// The longest; `nil` when there are none.
    public var longest: Duration? { sorted.last.map { .nanoseconds($0) } }

    /// The mean, rounded down to a nanosecond; `nil` when there are none.
    public var mean: Duration? {
        guard !sorted.isEmpty else { return nil }
        let count = Int128(sorted.count)
        let quotient = sum / count - (sum < 0 && sum % count != 0 ? 1 : 0)
        return .nanoseconds(Int64(quotient))
    }

    /// The percentile by the nearest-rank method: the smallest latency that at least `share` of all do not exceed.
    ///
    /// Its rank is ⌈share × count⌉, at least 1, so it is always one of the latencies and is never interpolated. A
    /// share below 0 % counts as 0 % and one above 100 % as 100 %. `nil` when there are none.
    public func percentile(_ share: BasisPoints) -> Duration? {
        guard !sorted.isEmpty else { return nil }
        let share = Int128(min(max(share.value, 0), 10_000))
        let rank = Int((share * Int128(sorted.count) + 9_999) / 10_000)
        return .nanoseconds(sorted[max(rank, 1) - 1])
    }

    /// The latencies counted in the buckets of ``LogHistogram``.
    public var histogram: LogHistogram { LogHistogram(nanoseconds: sorted) }

    /// The latencies counted in the buckets of ``LinearHistogram``.
    public var linearHistogram: LinearHistogram { LinearHistogram(nanoseconds: sorted) }

    /// Whether a logarithmic axis would show little more than one bar.
    var isNarrow: Bool {
        guard let shortest = sorted.first, let longest = sorted.last, shortest > 0 else { return false }
        return longest - shortest >= 100 && longest / 3 < shortest
    }

    /// The percentiles that a run reports, with their names.
    public static let reportedPercentiles: [(name: String, share: BasisPoints)] = [
        ("p50", .percent(50)), ("p90", .percent(90)), ("p99", .percent(99)), ("p99.9", .percent(99, 90)),
    ]
}
