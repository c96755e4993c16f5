/// Committing, reading and reserving beside few events and beside very many.
///
/// What is judged is by how much more the library's cost grows than the raw program's.
enum DurableGrowth {
    private static let few = 10_000
    private static let many = 1_000_000
    private static let veryMany = 10_000_000
    private static let most = 1_300

    /// The three of them; with ten times as many events when `isFull`.
    static func all(_ backend: any DurableBackend, isFull: Bool) -> [Benchmark] {
        let start = DurableGround(backend, events: { _ in few })
        let usual = isFull ? veryMany : many
        // A shrunken round has as much less beside it.
        let end = DurableGround(backend, events: { usual / max(1, ($0.tasks > 1 ? callers : readers) / $0.operations) })
        let name = isFull ? "10^7" : "10^6"
        return [
            growth("commit", "commit a small sale; callers at once: 64", name, start, end, .sale, backend),
            reading(name, start, end, backend),
            growth(
                "reserve",
                "reserve a unit of one SKU; callers at once: 64",
                name,
                start,
                end,
                .reservation,
                backend
            ),
        ]
    }

    private static let callers = 6_400
    private static let readers = 4_000

    private static func growth(
        _ verb: String,
        _ summary: String,
        _ name: String,
        _ start: DurableGround,
        _ end: DurableGround,
        _ work: DurableWork,
        _ backend: any DurableBackend
    ) -> Benchmark {
        Benchmark(
            name: "\(DurableBenchmarks.group)/\(backend.name)/growth/\(verb)",
            summary: "\(summary); beside 10^4 and beside \(name) events",
            workload: Workload(operations: callers, tasks: 64),
            subject: end.library(work),
            baseline: end.raw(work),
            start: .init(subject: start.library(work), baseline: start.raw(work)),
            bar: .atLeastOne(of: .growth(thousandths: most), reason: "many events make little slower but the database"),
            mostRounds: 7,
            tellsSpeeds: true
        )
    }

    private static func reading(
        _ name: String,
        _ start: DurableGround,
        _ end: DurableGround,
        _ backend: any DurableBackend
    ) -> Benchmark {
        Benchmark(
            name: "\(DurableBenchmarks.group)/\(backend.name)/growth/read",
            summary: "read the events of an order and its document; beside 10^4 and beside \(name) events",
            workload: Workload(operations: readers),
            subject: end.libraryReading,
            baseline: end.rawReading,
            start: .init(subject: start.libraryReading, baseline: start.rawReading),
            bar: .atLeastOne(of: .growth(thousandths: most), reason: "many events make little slower but the database"),
            mostRounds: 7,
            tellsSpeeds: true
        )
    }
}
