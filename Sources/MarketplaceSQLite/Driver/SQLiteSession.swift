#if SQLite
/// A connection with its prepared statements, as the actor that owns it uses it.
final class SQLiteSession {
    let handle: SQLiteHandle
    /// By the raw value of the query; prepared when first used.
    private var statements: [SQLiteStatement?] = Array(repeating: nil, count: SQLiteQuery.allCases.count)
    /// Looks on while statements of a commit run; for tests.
    var probe: (any SQLiteWriterProbe)?

    /// How many receipts were written since old ones were last forgotten.
    var unsweptReceipts = 0

    init(_ handle: SQLiteHandle) {
        self.handle = handle
    }

    /// The last words on a row may end the run: `false` stops it.
    func each(
        _ query: SQLiteQuery,
        _ values: [SQLiteValue],
        _ body: (SQLiteStatement) throws(SQLiteFailure) -> Bool
    ) throws(SQLiteFailure) {
        let statement = try statement(query)
        defer { statement.reset() }
        try statement.bind(values)
        if let probe {
            try probe.willBind(values)
            try probe.willRun(query)
        }
        while try statement.step() {
            guard try body(statement) else { return }
        }
    }

    /// What `body` makes of the first row; nil when there is none.
    func first<Value>(
        _ query: SQLiteQuery,
        _ values: SQLiteValue...,
        body: (SQLiteStatement) throws(SQLiteFailure) -> Value
    ) throws(SQLiteFailure) -> Value? {
        var found: Value?
        try each(query, values) { row throws(SQLiteFailure) in
            found = try body(row)
            return false
        }
        return found
    }

    /// Runs a statement that has no rows.
    func run(_ query: SQLiteQuery, _ values: SQLiteValue...) throws(SQLiteFailure) {
        try each(query, values) { _ in true }
    }

    /// Ends whatever transaction is open, unconditionally.
    func rollBack() {
        guard !handle.isOutsideOfTransactions else { return }
        // An error here has rolled back already, or will be met again by whoever begins the next transaction.
        try? handle.execute("rollback")
    }

    /// Gives a statement of a query, prepared once for each connection.
    private func statement(_ query: SQLiteQuery) throws(SQLiteFailure) -> SQLiteStatement {
        if let statement = statements[query.rawValue] { return statement }
        let statement = try SQLiteStatement(query.sql, on: handle)
        statements[query.rawValue] = statement
        return statement
    }
}
#endif
