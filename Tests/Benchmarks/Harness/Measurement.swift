/// What the rounds of one benchmark gave.
struct Measurement: Sendable {
    /// One side of it.
    struct Side: Sendable {
        /// Whose program it is.
        let name: String
        /// How many operations each round has.
        let workload: Workload
        /// The time of each round, in nanoseconds.
        let nanoseconds: [Int64]
        /// The memory one operation leaves in use, in bytes; nil when it was not measured.
        let residentBytesPerOperation: Int64?
        /// How the waits of single operations are spread; nil when they were not measured.
        let waits: WaitDistribution?

        /// The time of one operation, in picoseconds: many take less than a nanosecond's fraction worth printing.
        var picosecondsPerOperation: Spread? {
            let operations = Int64(max(1, workload.operations))
            return Spread(nanoseconds.map { $0 * 1_000 / operations })
        }
    }

    /// The benchmark.
    let benchmark: Benchmark
    /// The measured program; nil when there is only a raw limit.
    let subject: Side?
    /// What it was measured against.
    let baseline: Side

    /// The speed of the subject in thousandths of the baseline's, round by round.
    var ratios: Spread? {
        guard let subject else { return nil }
        return Spread(
            zip(subject.nanoseconds, baseline.nanoseconds).map { ours, theirs in
                // Times of one operation, multiplied out: both sides may have rounds of different lengths.
                let scaled = Int128(theirs) * Int128(subject.workload.operations) * 1_000
                return Int64(scaled / max(1, Int128(ours) * Int128(baseline.workload.operations)))
            }
        )
    }

    /// Whether the bar is met; nil when there is none.
    var isBarMet: Bool? {
        guard let bar = benchmark.bar, let ratios else { return nil }
        return ratios.median >= Int64(bar.thousandths)
    }
}
