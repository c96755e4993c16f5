import ExampleSupport
import MarketplaceCore
import MarketplaceStorage

/// Durable work with full sync, on every database this tool was built for.
enum DurableBenchmarks {
    /// The group, as words of the command line name it.
    static let group = "durable"
    /// What to do where the tool has no database for that name; nil when the name is another mistake.
    static func hint(for word: String, among all: [Benchmark]) -> String? {
        let parts = word.split(separator: "/")
        guard parts.first == group[...] else { return nil }
        #if LibPQ
        let isPostgres = !all.contains { $0.name.hasPrefix("\(group)/postgres/") }
        if isPostgres, parts.count == 1 || parts[1] == "postgres" {
            return
                "\(group)/postgres needs a server, --postgres URL or one of its own: Tests/Scripts/postgres-server.sh "
                + "run swift run -c release --traits SQLite,LibPQ \(BenchCommand.name) \(group)"
        }
        #endif
        guard !all.contains(where: { $0.group == group }) else { return nil }
        return "the group \(group) needs a database: swift run -c release --traits SQLite \(BenchCommand.name) \(group)"
    }

    /// All of them, on every database there is.
    static func all(_ options: ParsedOptions) -> [Benchmark] {
        var backends: [any DurableBackend] = []
        #if SQLite
        backends.append(SQLiteBackend(folder: options[BenchCommand.folder]))
        #endif
        #if LibPQ
        if !options[BenchCommand.postgres].isEmpty { backends.append(PostgresBackend(options[BenchCommand.postgres])) }
        #endif
        return backends.flatMap { all(on: $0, isFull: options[BenchCommand.full]) }
    }

    private static func all(on backend: any DurableBackend, isFull: Bool) -> [Benchmark] {
        var benchmarks = commits(backend)
        benchmarks += DurableBuyers.all(backend)
        benchmarks.append(DurablePurchases.benchmark(backend))
        benchmarks += sagas(backend)
        benchmarks += [appends(backend), DurableLoading.benchmark(backend)]
        benchmarks += DurableGrowth.all(backend, isFull: isFull)
        return benchmarks
    }

    /// The library's way of doing a work.
    static func library(_ work: DurableWork, _ backend: any DurableBackend) -> Program {
        .library { workload in
            let database = try await backend.open()
            let unit = try await work.prepare(0..<workload.operations, on: database.store)
            return {
                defer { withExtendedLifetime(database) {} }
                return try await workload.inTurn(unit)
            }
        }
    }

    /// The raw way of doing it, with so many units in a transaction.
    static func raw(_ work: DurableWork, batch: Int, _ backend: any DurableBackend) -> Program {
        let program = Program.rawLimit(waiting: { workload in
            let raw = try await backend.raw(work)
            return { try raw.timed { try raw.write(workload.operations, batch: batch) } }
        })
        return program.named(batch == 1 ? "raw" : "raw, batches of \(batch)")
    }

    private static func commits(_ backend: any DurableBackend) -> [Benchmark] {
        let single = Workload(operations: 1_000)
        return [
            Benchmark(
                name: "\(group)/\(backend.name)/commit/1-caller",
                summary: "commit a small sale: an event, a document with an index entry, a counter, a receipt",
                workload: single,
                subject: library(.sale, backend),
                baseline: raw(.sale, batch: 1, backend),
                bar: .atLeast(thousandths: 700, "who comes alone pays for a sync and little more"),
                tellsSpeeds: true
            ),
            Benchmark(
                name: "\(group)/\(backend.name)/commit/64-callers",
                summary: "commit a small sale; callers at once: 64",
                workload: Workload(operations: 12_800, tasks: 64),
                subject: library(.sale, backend),
                baseline: raw(.sale, batch: 64, backend),
                baselineWorkload: Workload(operations: 12_800),
                reference: .init(program: raw(.sale, batch: 1, backend), workload: single),
                bar: .atLeastOne(
                    of: .ofReference(thousandths: backend.marks.manyCallersOfSingle),
                    .ofBaseline(thousandths: 600),
                    reason: "callers at once share a transaction and its sync"
                ),
                tellsSpeeds: true
            ),
        ]
    }

    private static func sagas(_ backend: any DurableBackend) -> [Benchmark] {
        [
            Benchmark(
                name: "\(group)/\(backend.name)/saga/1-in-flight",
                summary: "run a saga of three steps, four commits",
                workload: Workload(operations: 250),
                subject: library(.saga, backend),
                baseline: raw(.saga, batch: 1, backend),
                bar: .atLeast(thousandths: 600, "four commits one after the other are most of what a saga costs"),
                tellsSpeeds: true
            ),
            Benchmark(
                name: "\(group)/\(backend.name)/saga/64-in-flight",
                summary: "run a saga of three steps, four commits; in flight: 64",
                workload: Workload(operations: 3_200, tasks: 64),
                subject: library(.saga, backend),
                baseline: raw(.saga, batch: 64, backend),
                baselineWorkload: Workload(operations: 3_200),
                peer: .init(name: "\(backend.name)/dbos/three-steps", thousandths: 20_000),
                tellsSpeeds: true
            ),
        ]
    }

    private static func appends(_ backend: any DurableBackend) -> Benchmark {
        Benchmark(
            name: "\(group)/\(backend.name)/append/64-writers",
            summary: "append an event of 200 bytes to the writer's stream; writers: 64",
            workload: Workload(operations: 12_800, tasks: 64),
            subject: library(.append, backend),
            baseline: raw(.append, batch: 64, backend),
            baselineWorkload: Workload(operations: 12_800),
            peer: .init(name: "\(backend.name)/eventsourcing/append", thousandths: 5_000),
            tellsSpeeds: true
        )
    }
}
