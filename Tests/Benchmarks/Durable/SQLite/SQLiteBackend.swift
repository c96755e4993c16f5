#if SQLite
import MarketplaceCore
import MarketplaceSQLite
import MarketplaceStorage
import Synchronization

/// Files of SQLite with full sync, and raw programs in C on files with the same tables.
final class SQLiteBackend: DurableBackend {
    static let namespace: StoreNamespace = "bench"
    /// How many units are done by both sides to see that the raw program writes the library's rows.
    private static let samples = 128

    let name = "sqlite"
    let marks = DurableMarks(
        manyCallersOfSingle: 5_000,
        buyers: [.perSecond(50_000), .ofBaseline(thousandths: 500)]
    )

    private let folder: String
    private let shapes = Mutex<[DurableWork: RawSQLiteShape]>([:])

    init(folder: String) {
        self.folder = folder
    }

    func open() async throws -> DurableDatabase {
        let file = try await SQLiteFile(in: folder)
        return DurableDatabase(store: file.database.store(namespace: Self.namespace), holder: file)
    }

    func raw(_ work: DurableWork) async throws -> any DurableRaw {
        let shape = try await shape(of: work)
        return try await RawSQLite(shape, in: folder)
    }

    func raw(_ work: DurableWork, beside database: DurableDatabase) async throws -> any DurableRaw {
        let shape = try await shape(of: work)
        guard let file = database.holder as? SQLiteFile else { return try await raw(work) }
        return try RawSQLite(shape, copying: file, in: folder)
    }

    /// The rows the library writes for a unit of that work, found out by doing some of it.
    private func shape(of work: DurableWork) async throws -> RawSQLiteShape {
        if let shape = shapes.withLock({ $0[work] }) { return shape }
        let file = try await SQLiteFile(in: folder)
        let store = file.database.store(namespace: Self.namespace)
        let unit = try await work.prepare(0..<Self.samples, on: store)
        let before = try RawSQLiteTotals(of: file)
        for number in 0..<Self.samples { _ = try await unit(number) }
        let written = try RawSQLiteTotals(of: file) - before
        let shape = try RawSQLiteShape(of: work, in: file, before: before, units: Self.samples)
        try await verify(shape, of: work, against: written)
        shapes.withLock { $0[work] = shape }
        return shape
    }

    /// Makes sure that the raw program writes as many rows, of as many bytes, as the library did.
    private func verify(_ shape: RawSQLiteShape, of work: DurableWork, against written: RawSQLiteTotals) async throws {
        let raw = try await RawSQLite(shape, in: folder)
        _ = try raw.write(Self.samples, batch: 1)
        let totals = try raw.totals()
        guard totals.isLike(written, shape) else {
            throw BenchmarkFailure.differentRows("\(work)", library: "\(written)", raw: "\(totals)")
        }
    }
}
#endif
