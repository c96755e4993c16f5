#if SQLite
import MarketplaceCore
import MarketplaceRawSQLite
import MarketplaceSQLite

/// A raw program in C on a file of its own, whose tables the library has made.
///
/// One task at a time uses it, the benchmark's own.
final class RawSQLite: DurableRaw, @unchecked Sendable {
    private let folder: TemporaryFolder
    private let shape: RawSQLiteShape
    private let raw: UnsafeMutablePointer<marketplace_raw_sqlite>

    /// On an empty file.
    init(_ shape: RawSQLiteShape, in parent: String) async throws {
        folder = try TemporaryFolder(in: parent)
        self.shape = shape
        let path = "\(folder.path)/market.db"
        let database = try await SQLiteDatabase(opening: .file(path))
        await database.close()
        raw = try Self.open(path)
    }

    /// On a copy of a file.
    init(_ shape: RawSQLiteShape, copying file: SQLiteFile, in parent: String) throws {
        folder = try TemporaryFolder(in: parent)
        self.shape = shape
        let path = "\(folder.path)/market.db"
        let original = try Self.open(file.path)
        let isCopied = marketplace_raw_sqlite_copy(original, path) == 1
        marketplace_raw_sqlite_close(original)
        guard isCopied else { throw BenchmarkFailure.raw("the file could not be copied") }
        raw = try Self.open(path)
    }

    deinit {
        marketplace_raw_sqlite_close(raw)
    }

    func write(_ units: Int, batch: Int) throws -> Int64 {
        let done = shape.commits.withUnsafeBufferPointer { commits in
            marketplace_raw_sqlite_write(
                raw,
                commits.baseAddress,
                Int32(commits.count),
                Int64(units),
                Int64(batch)
            )
        }
        return try succeeded(done)
    }

    func load(category: String, key: String) throws -> Int64 {
        try succeeded(marketplace_raw_sqlite_load(raw, category, key))
    }

    func document(collection: String, id: String) throws -> Int64 {
        try succeeded(marketplace_raw_sqlite_document(raw, collection, id))
    }

    /// The rows that are there.
    func totals() throws -> RawSQLiteTotals {
        try RawSQLiteTotals { try Self.number($0, raw) }
    }

    /// The first number of a query on a file that somebody else has open.
    static func numbers<Value>(of file: SQLiteFile, _ body: ((String) throws -> Int64) throws -> Value) throws -> Value
    {
        let raw = try open(file.path)
        defer { marketplace_raw_sqlite_close(raw) }
        return try body { try number($0, raw) }
    }

    private static func number(_ sql: String, _ raw: UnsafeMutablePointer<marketplace_raw_sqlite>) throws -> Int64 {
        let number = marketplace_raw_sqlite_number(raw, sql)
        guard number >= 0 else { throw BenchmarkFailure.raw("\(sql): \(message(raw))") }
        return number
    }

    private func succeeded(_ count: Int64) throws -> Int64 {
        guard count >= 0 else { throw BenchmarkFailure.raw(Self.message(raw)) }
        return count
    }

    private static func message(_ raw: UnsafeMutablePointer<marketplace_raw_sqlite>) -> String {
        String(cString: marketplace_raw_sqlite_message(raw))
    }

    private static func open(_ path: String) throws -> UnsafeMutablePointer<marketplace_raw_sqlite> {
        guard let raw = marketplace_raw_sqlite_open(path, SQLiteBackend.namespace.text) else {
            throw BenchmarkFailure.raw("\(path) could not be opened")
        }
        return raw
    }
}
#endif
