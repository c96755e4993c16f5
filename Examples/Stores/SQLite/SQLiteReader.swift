#if SQLite
import CMarketplaceSQLite
import Dispatch

/// Reads a file of SQLite by the C library alone, so that nothing that wrote the file is trusted.
struct SQLiteReader: Sendable {
    private let path: String

    init(_ path: String) {
        self.path = path
    }

    /// The rows of one statement with text parameters.
    func rows(_ sql: String, _ parameters: [String]) async throws(SaleBooksError) -> [[String]] {
        let path = path
        let answer: Result<[[String]], SaleBooksError> = await withCheckedContinuation { continuation in
            // The C calls block, and must not do so on a thread of the cooperative pool.
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(SaleBooksError) in
                        try Self.read(path, sql, parameters)
                    }
                )
            }
        }
        return try answer.get()
    }

    private static func read(
        _ path: String,
        _ sql: String,
        _ parameters: [String]
    ) throws(SaleBooksError) -> [[String]] {
        var database: OpaquePointer?
        defer { _ = sqlite3_close_v2(database) }
        var code = sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
        var statement: OpaquePointer?
        defer { _ = sqlite3_finalize(statement) }
        if code == SQLITE_OK { code = sqlite3_busy_timeout(database, busyMilliseconds) }
        if code == SQLITE_OK { code = sqlite3_prepare_v2(database, sql, -1, &statement, nil) }
        for (index, text) in parameters.enumerated() where code == SQLITE_OK {
            // -1: SQLite looks for the zero with which Swift ends a text it hands to C.
            code = sqlite3_bind_text(statement, Int32(index) + 1, text, -1, marketplace_sqlite_transient())
        }
        guard code == SQLITE_OK else { throw failure(of: database) }
        var rows: [[String]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: rows.append((0..<sqlite3_column_count(statement)).map { cell(statement, $0) })
            case SQLITE_DONE: return rows
            default: throw failure(of: database)
            }
        }
    }

    /// How long a statement waits for whoever writes.
    private static let busyMilliseconds: Int32 = 5_000

    private static func cell(_ statement: OpaquePointer?, _ column: Int32) -> String {
        // The text is valid until the next step, and is copied now; there is none for NULL.
        sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
    }

    private static func failure(of database: OpaquePointer?) -> SaleBooksError {
        SaleBooksError(database.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory")
    }
}
#endif
