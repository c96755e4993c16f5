#if SQLite
import CMarketplaceSQLite
@testable import MarketplaceSQLite

/// A file as people who write SQL see it.
struct SQLFile {
    let path: String

    /// Runs statements.
    func execute(_ sql: String) throws {
        try open().execute(sql)
    }

    /// The rows of a statement as texts, nil standing for NULL.
    func rows(_ sql: String) throws -> [[String?]] {
        let handle = try open()
        let statement = try SQLiteStatement(sql, on: handle)
        var rows: [[String?]] = []
        while try statement.step() {
            rows.append(try (0..<statement.columnCount).map { statement.isNull($0) ? nil : try statement.text($0) })
        }
        return rows
    }

    /// The rows of a statement, each in one line.
    func lines(_ sql: String) throws -> [String] {
        try rows(sql).map { row in row.map { $0 ?? "-" }.joined(separator: " ") }
    }

    /// As `sqlite3 FILE` opens it.
    private func open() throws -> SQLiteHandle {
        let handle = try SQLiteHandle(
            uri: SQLiteLocation.file(path).uri,
            flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        )
        handle.setBusyTimeout(milliseconds: 5_000)
        return handle
    }
}
#endif
