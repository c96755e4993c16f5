#if SQLite
/// The statements of one update or one search, each prepared once and gone afterwards.
///
/// Their texts differ from search to search in the number of their conditions, and hold no data.
final class SQLiteSearchStatements {
    private let session: SQLiteSession
    private var statements: [String: SQLiteStatement] = [:]

    init(_ session: SQLiteSession) {
        self.session = session
    }

    /// The row id of the last insertion.
    var lastRowID: Int64 { session.handle.lastRowID }

    /// Runs a statement, and calls `body` on each row.
    func each(
        _ sql: String,
        _ values: [SQLiteValue],
        _ body: (SQLiteStatement) throws(SQLiteFailure) -> Void
    ) throws(SQLiteFailure) {
        let statement: SQLiteStatement
        if let prepared = statements[sql] {
            statement = prepared
        } else {
            statement = try SQLiteStatement(sql, on: session.handle)
            statements[sql] = statement
        }
        try statement.bind { $0.values(values) }
        try session.probe?.didBind(statement)
        defer { statement.reset() }
        while try statement.step() { try body(statement) }
    }

    /// Whether an index of the file was ever updated: the first update makes the tables.
    func hasTables() throws(SQLiteFailure) -> Bool {
        let count = try number(
            "select count(*) from sqlite_schema where type = 'table' and name = ?1",
            .text(SQLiteSchema.lastSearchTable)
        )
        return count == 1
    }

    /// Makes the tables where they are missing.
    func makeTables() throws(SQLiteFailure) {
        if try !hasTables() { try session.handle.execute(SQLiteSchema.searchTables) }
    }

    /// Runs a statement that has no rows.
    func run(_ sql: String, _ values: SQLiteValue...) throws(SQLiteFailure) {
        try each(sql, values) { _ in }
    }

    /// The first column of the only row; nil when there is none.
    func number(_ sql: String, _ values: SQLiteValue...) throws(SQLiteFailure) -> Int64? {
        var found: Int64?
        try each(sql, values) { found = $0.integer(0) }
        return found
    }
}
#endif
