import ExampleSupport
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage

#if SQLite
import MarketplaceSQLite
#endif
#if LibPQ
import MarketplacePostgres
#endif

/// Searching catalogues of a hundred thousand and of a million products.
enum SearchBenchmarks {
    /// How many products there are.
    static let sizes = [100_000, 1_000_000]

    /// An index and what has to be kept for as long as it is searched.
    struct Shop: Sendable {
        let index: any SearchIndex
        let holder: any AnyObject & Sendable
    }

    static func all(_ options: ParsedOptions) -> [Benchmark] {
        var benchmarks: [Benchmark] = []
        for size in sizes {
            let raw = SearchGround { RawSearch($0) }
            benchmarks += searches("memory", size, memory, raw: raw)
        }
        #if SQLite
        let folder = options[BenchCommand.folder]
        let file = SearchGround { corpus in
            let folder = try TemporaryFolder(in: folder)
            let database = try await SQLiteDatabase(
                opening: .file("\(folder.path)/search.db"),
                configuration: SQLiteConfiguration(synchronous: .normal)
            )
            return try await shop(database.searchIndex(namespace: "shop"), Holder(database, folder), corpus)
        }
        for size in sizes { benchmarks += searches("sqlite", size, file, raw: nil) }
        #endif
        #if LibPQ
        if !options[BenchCommand.postgres].isEmpty {
            let address = options[BenchCommand.postgres]
            let server = SearchGround { corpus in
                let scratch = try PostgresScratch(on: PostgresServer(address))
                let pool = LibPQPool(try LibPQConfiguration(scratch.url))
                let database = try await PostgresDatabase(opening: pool)
                let holder = Holder(database, pool, scratch)
                let shop = try await shop(database.searchIndex(namespace: "shop"), holder, corpus)
                // As the server does by itself some time after so much was written.
                try scratch.link().rows("vacuum analyze")
                return shop
            }
            for size in sizes { benchmarks += searches("postgres", size, server, raw: nil) }
        }
        #endif
        return benchmarks
    }

    private static let memory = SearchGround { corpus in
        let index = InMemorySearchIndex()
        return try await shop(index, index, corpus)
    }

    private static func shop(
        _ index: any SearchIndex,
        _ holder: any AnyObject & Sendable,
        _ corpus: SearchCorpus
    ) async throws -> Shop {
        try await corpus.fill(index)
        return Shop(index: index, holder: holder)
    }

    private static func searches(
        _ place: String,
        _ size: Int,
        _ ground: SearchGround<Shop>,
        raw: SearchGround<RawSearch>?
    ) -> [Benchmark] {
        SearchKind.allCases.map { kind in
            Benchmark(
                name: "\(DomainBenchmarks.group)/search/\(place)/\(size)/\(kind)",
                summary: "\(kind.summary); products: \(Format.count(size))",
                workload: Workload(operations: place == "memory" ? 500 : 50),
                subject: .library(waiting: { workload in
                    let shop = try await ground.subject(size)
                    let queries = try (0..<workload.operations).map { try kind.query($0) }
                    let waits = WaitRecord(workload.operations)
                    return {
                        defer { withExtendedLifetime(shop) {} }
                        var witness: Int64 = 0
                        for (number, query) in queries.enumerated() {
                            let result = try await waits.measure(number) { try await shop.index.find(query) }
                            witness &+= self.witness(result)
                        }
                        return RoundAnswer(witness: witness, waitNanoseconds: waits.nanoseconds)
                    }
                }),
                baseline: raw.map { raw in
                    .rawLimit { workload in
                        let search = try await raw.subject(size)
                        return { (0..<workload.operations).reduce(0) { $0 &+ search.find(kind, $1) } }
                    }
                },
                mostRounds: place == "memory" ? .max : 3,
                tellsSpeeds: true
            )
        }
    }

    /// What a search found, as one number: how many there are, which are on the page, and what was counted.
    static func witness(_ result: SearchResult) -> Int64 {
        let hits = result.hits.reduce(Int64(result.total.count)) { $0 + Int64(SearchCorpus.number(of: $1.key)) }
        return result.facets.values.joined().reduce(hits) { $0 + Int64($1.count) }
    }
}

/// Keeps things alive.
private final class Holder: Sendable {
    private let kept: [any Sendable]

    init(_ kept: any Sendable...) {
        self.kept = kept
    }
}
