#if SQLite
/// A connection with its prepared statements, as the actor that owns it uses it.
final class SQLiteSession {
    let handle: SQLiteHandle
    /// By the raw value of the query; prepared when first used, several of one query where its runs are merged.
    private var statements: [[SQLiteStatement]] = Array(repeating: [], count: SQLiteQuery.allCases.count)
    /// Looks on while statements of a commit run; for tests.
    var probe: (any SQLiteWriterProbe)?

    /// How many receipts were written since old ones were last forgotten.
    var unsweptReceipts = 0

    init(_ handle: SQLiteHandle) {
        self.handle = handle
    }

    /// What `row` makes of the first row; nil when there is none.
    func first<Value>(
        _ query: SQLiteQuery,
        _ bind: (inout SQLiteParameters) -> Void,
        row: (SQLiteStatement) throws(SQLiteFailure) -> Value
    ) throws(SQLiteFailure) -> Value? {
        let statement = try start(query, bind)
        defer { statement.reset() }
        return try statement.step() ? try row(statement) : nil
    }

    /// Runs a statement that has no rows.
    func run(_ query: SQLiteQuery, _ bind: (inout SQLiteParameters) -> Void) throws(SQLiteFailure) {
        let statement = try start(query, bind)
        defer { statement.reset() }
        while try statement.step() {}
    }

    /// The last words on a row may end the run: `false` stops it.
    func each(
        _ query: SQLiteQuery,
        _ values: [SQLiteValue],
        _ body: (SQLiteStatement) throws(SQLiteFailure) -> Bool
    ) throws(SQLiteFailure) {
        let statement = try start(query, values)
        defer { statement.reset() }
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
        try first(query, { $0.values(values) }, row: body)
    }

    /// Runs a statement that has no rows.
    func run(_ query: SQLiteQuery, _ values: SQLiteValue...) throws(SQLiteFailure) {
        try run(query, values)
    }

    /// Runs a statement that has no rows.
    func run(_ query: SQLiteQuery, _ values: [SQLiteValue]) throws(SQLiteFailure) {
        try run(query) { $0.values(values) }
    }

    /// Ends whatever transaction is open, unconditionally.
    func rollBack() {
        guard !handle.isOutsideOfTransactions else { return }
        // An error here has rolled back already, or will be met again by whoever begins the next transaction.
        try? handle.execute("rollback")
    }

    /// Steps through several runs of one query at once, always on with the row whose first column is the lowest.
    ///
    /// Each run must be in the order of that column. `false` of `body` stops it.
    func merge(
        _ query: SQLiteQuery,
        _ runs: [[SQLiteValue]],
        _ body: (SQLiteStatement) throws(SQLiteFailure) -> Bool
    ) throws(SQLiteFailure) {
        var started: [SQLiteStatement] = []
        defer { for statement in started { statement.reset() } }
        var heads: [Int64?] = []
        for (number, values) in runs.enumerated() {
            let statement = try start(query, values, number: number)
            started.append(statement)
            heads.append(try statement.step() ? statement.integer(0) : nil)
        }
        while let lowest = heads.compactMap(\.self).min(), let next = heads.firstIndex(of: lowest) {
            let statement = started[next]
            guard try body(statement) else { return }
            heads[next] = try statement.step() ? statement.integer(0) : nil
        }
    }

    private func start(
        _ query: SQLiteQuery,
        _ values: [SQLiteValue],
        number: Int = 0
    ) throws(SQLiteFailure) -> SQLiteStatement {
        try start(query, number: number) { $0.values(values) }
    }

    /// Binds a statement of a query, which is prepared once for each connection.
    private func start(
        _ query: SQLiteQuery,
        number: Int = 0,
        _ bind: (inout SQLiteParameters) -> Void
    ) throws(SQLiteFailure) -> SQLiteStatement {
        if statements[query.rawValue].count <= number {
            statements[query.rawValue].append(try SQLiteStatement(query.sql, on: handle))
        }
        let statement = statements[query.rawValue][number]
        try statement.bind(bind)
        if let probe {
            try probe.didBind(statement)
            try probe.willRun(query)
        }
        return statement
    }
}
#endif
