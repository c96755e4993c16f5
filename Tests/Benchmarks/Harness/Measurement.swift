import ExampleSupport

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
        /// The same, round by round.
        let roundWaits: [WaitDistribution]

        /// The time of one operation, in picoseconds: many take less than a nanosecond's fraction worth printing.
        var picosecondsPerOperation: Spread? {
            let operations = Int64(max(1, workload.operations))
            return Spread(nanoseconds.map { $0 * 1_000 / operations })
        }

        /// How long that share of all waits was at most, in the middle round.
        func medianWait(of share: BasisPoints) -> Duration? {
            let waits = roundWaits.compactMap { $0.wait(of: share) }.sorted()
            return waits.isEmpty ? nil : waits[waits.count / 2]
        }

        /// The speed of the middle round.
        var operationsPerSecond: Int64? {
            picosecondsPerOperation.map { 1_000_000_000_000 / max(1, $0.median) }
        }
    }

    /// The benchmark.
    let benchmark: Benchmark
    /// The measured program; nil when there is only a raw limit.
    let subject: Side?
    /// What it was measured against; nil when only an absolute mark counts.
    let baseline: Side?
    /// The second program it was measured against.
    var reference: Side?
    /// Subject and baseline with little beside them.
    var start: (subject: Side, baseline: Side)?

    /// The speed of the subject in thousandths of the baseline's, round by round.
    var ratios: Spread? {
        baseline.flatMap { baseline in subject.flatMap { Self.ratios($0, baseline) } }
    }

    /// The speed of the subject in thousandths of the reference's, round by round.
    var referenceRatios: Spread? {
        reference.flatMap { reference in subject.flatMap { Self.ratios($0, reference) } }
    }

    /// By how much more the cost of the subject grew than the baseline's, in thousandths, round by round.
    var growths: Spread? {
        guard let subject, let baseline, let start else { return nil }
        let few = Self.roundRatios(start.subject, start.baseline)
        let many = Self.roundRatios(subject, baseline)
        return Spread(zip(few, many).map { $0 * 1_000 / max(1, $1) })
    }

    private static func ratios(_ subject: Side, _ other: Side) -> Spread? {
        Spread(roundRatios(subject, other))
    }

    private static func roundRatios(_ subject: Side, _ other: Side) -> [Int64] {
        zip(subject.nanoseconds, other.nanoseconds).map { ours, theirs in
            // Times of one operation, multiplied out: both sides may have rounds of different lengths.
            let scaled = Int128(theirs) * Int128(subject.workload.operations) * 1_000
            return Int64(scaled / max(1, Int128(ours) * Int128(other.workload.operations)))
        }
    }

    /// Whether the bar is met; nil when there is none, or nothing to be held against it.
    var isBarMet: Bool? {
        guard let bar = benchmark.bar, subject != nil else { return nil }
        return bar.marks.contains { isMet($0) }
    }

    private func isMet(_ mark: Bar.Mark) -> Bool {
        switch mark {
        case .ofBaseline(let thousandths): (ratios?.median ?? 0) >= Int64(thousandths)
        case .ofReference(let thousandths): (referenceRatios?.median ?? 0) >= Int64(thousandths)
        case .perSecond(let count): (subject?.operationsPerSecond ?? 0) >= count
        case .growth(let thousandths): (growths?.median ?? .max) <= Int64(thousandths)
        case .wait(let share, let longest): subject?.medianWait(of: share).map { $0 <= longest } ?? false
        }
    }
}
