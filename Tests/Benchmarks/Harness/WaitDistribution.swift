import ExampleSupport

/// How the waits of single operations are spread, over all measured rounds.
///
/// Mean and throughput say nothing about the one who waited longest, which is what those who queue for a key feel.
struct WaitDistribution: Sendable {
    /// The percentiles that are told, with their names.
    static let percentiles: [(name: String, share: BasisPoints)] = [
        ("p50", .percent(50)), ("p90", .percent(90)), ("p99", .percent(99)),
    ]

    private let summary: LatencySummary

    /// The distribution of these waits; nil when there are none.
    init?(nanoseconds: [Int64]) {
        guard !nanoseconds.isEmpty else { return nil }
        summary = LatencySummary(nanoseconds: nanoseconds)
    }

    /// The percentiles and the longest wait, as they are printed.
    var texts: [String] { figures.map { Format.duration($0.wait) } }

    /// The same figures in nanoseconds, and how many waits there were.
    var json: OrderedJSON {
        .object(
            [.init("count", .integer(summary.count))]
                + figures.map { .init($0.name, .integer(Int64($0.wait / .nanoseconds(1)))) }
        )
    }

    /// How long that share of all waits was at most.
    func wait(of share: BasisPoints) -> Duration? { summary.percentile(share) }

    private var figures: [(name: String, wait: Duration)] {
        let percentiles = Self.percentiles.map { ($0.name, summary.percentile($0.share)) } + [("max", summary.longest)]
        return percentiles.map { ($0.0, $0.1 ?? .zero) }
    }
}
