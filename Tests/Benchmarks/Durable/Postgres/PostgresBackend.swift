#if LibPQ
import MarketplaceCore
import MarketplacePostgres
import MarketplaceStorage
import Synchronization

/// Databases of a PostgreSQL server with full sync, and raw programs of pgbench on databases with the same tables.
final class PostgresBackend: DurableBackend {
    static let namespace: StoreNamespace = "bench"
    /// How many units are done by both sides to see that the raw program writes the library's rows.
    private static let samples = 128

    let name = "postgres"
    let marks = DurableMarks(manyCallersOfSingle: 3_000, buyers: [.ofBaseline(thousandths: 300)])

    private struct State: Sendable {
        /// A database with the tables and the namespace, and nothing else.
        var tables: PostgresScratch?
        var shapes: [DurableWork: RawPostgresShape] = [:]
    }

    /// An open database of the library.
    private final class Opened: Sendable {
        let scratch: PostgresScratch
        let pool: LibPQPool
        let database: PostgresDatabase

        init(_ scratch: PostgresScratch) async throws {
            self.scratch = scratch
            pool = LibPQPool(try LibPQConfiguration(scratch.url))
            database = try await PostgresDatabase(opening: pool)
        }
    }

    private let server: PostgresServer
    private let state = Mutex(State())

    init(_ url: String) {
        server = PostgresServer(url)
    }

    func open() async throws -> DurableDatabase {
        let opened = try await opened()
        return DurableDatabase(store: opened.database.store(namespace: Self.namespace), holder: opened)
    }

    func raw(_ work: DurableWork) async throws -> any DurableRaw {
        let shape = try await shape(of: work)
        return try RawPostgres(work, shape, PostgresScratch(on: server, copying: try await tables()), isEmpty: true)
    }

    func raw(_ work: DurableWork, beside database: DurableDatabase) async throws -> any DurableRaw {
        let shape = try await shape(of: work)
        guard let opened = database.holder as? Opened else { return try await raw(work) }
        return try RawPostgres(work, shape, PostgresScratch(on: server, copying: opened.scratch), isEmpty: false)
    }

    private func opened() async throws -> Opened {
        try await Opened(PostgresScratch(on: server, copying: try await tables()))
    }

    private func tables() async throws -> PostgresScratch {
        if let tables = state.withLock({ $0.tables }) { return tables }
        try server.checkDurability()
        let opened = try await Opened(PostgresScratch(on: server))
        try opened.scratch.link().rows("insert into marketplace_namespace (name) values ('\(Self.namespace.text)')")
        await opened.database.close()
        await opened.pool.close()
        state.withLock { $0.tables = opened.scratch }
        return opened.scratch
    }

    /// The rows the library writes for a unit of that work, found out by doing some of it.
    private func shape(of work: DurableWork) async throws -> RawPostgresShape {
        if let shape = state.withLock({ $0.shapes[work] }) { return shape }
        let opened = try await opened()
        let unit = try await work.prepare(0..<Self.samples, on: opened.database.store(namespace: Self.namespace))
        let link = try opened.scratch.link()
        let before = try RawPostgresTotals(link)
        for number in 0..<Self.samples { _ = try await unit(number) }
        let written = try RawPostgresTotals(link) - before
        let shape = try RawPostgresShape(of: work, link, before: before, written: written, units: Self.samples)
        try await verify(shape, of: work, against: written)
        state.withLock { $0.shapes[work] = shape }
        return shape
    }

    /// Makes sure that the raw program writes as many rows, of as many bytes, as the library did.
    private func verify(
        _ shape: RawPostgresShape,
        of work: DurableWork,
        against written: RawPostgresTotals
    ) async throws {
        for batch in [1, Self.samples / 2] {
            let scratch = try PostgresScratch(on: server, copying: try await tables())
            let raw = try RawPostgres(work, shape, scratch, isEmpty: true)
            _ = try raw.write(Self.samples, batch: batch)
            let totals = try RawPostgresTotals(scratch.link())
            guard totals.isLike(written, shape) else {
                throw BenchmarkFailure.differentRows("\(work)", library: "\(written)", raw: "\(totals)")
            }
        }
    }
}
#endif
