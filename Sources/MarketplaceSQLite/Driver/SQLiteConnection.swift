#if SQLite
import CMarketplaceSQLite

/// One connection: its C calls run on its own executor, one hop for each transaction.
actor SQLiteConnection {
    private let executor: SQLiteExecutor
    private var session: SQLiteSession?
    nonisolated let interrupter = SQLiteInterrupter()

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(label: String) {
        executor = SQLiteExecutor(label: label)
    }

    /// Opens what `opening` describes.
    func open(_ opening: SQLiteOpening, as role: SQLiteOpening.Role) throws(SQLiteOpeningError) {
        let handle = try opening.open(as: role)
        interrupter.open(handle)
        session = SQLiteSession(handle)
    }

    /// The version of the file that `opening` describes, which it does not change.
    func version(_ opening: SQLiteOpening) throws(SQLiteOpeningError) -> Int64? {
        try opening.version()
    }

    /// Lets somebody look on while commits run; for tests.
    func setProbe(_ probe: (any SQLiteWriterProbe)?) {
        session?.probe = probe
    }

    /// Closes the connection; calls that come later find nothing.
    func close() {
        interrupter.close()
        session = nil
    }

    /// Performs `body` as a whole, with nothing else on this connection in between.
    func perform<Value: Sendable>(
        _ body: @Sendable (SQLiteSession) throws(SQLiteFailure) -> Value
    ) throws(SQLiteFailure) -> Value {
        guard let session else { throw SQLiteFailure(code: SQLITE_MISUSE, message: "the database was closed") }
        return try body(session)
    }

    /// Performs a read in one snapshot, which a cancellation interrupts.
    func read<Value: Sendable>(
        _ read: UInt64,
        _ body: @Sendable (SQLiteSession) throws(SQLiteFailure) -> Value
    ) throws(SQLiteFailure) -> Value {
        guard let session else { throw SQLiteFailure(code: SQLITE_MISUSE, message: "the database was closed") }
        guard interrupter.begin(read) else { throw SQLiteFailure(code: SQLITE_INTERRUPT, message: "") }
        defer {
            // First nothing may be interrupted any more, then the snapshot is given back whatever happened.
            interrupter.end()
            session.rollBack()
        }
        try session.run(.beginRead)
        return try body(session)
    }
}
#endif
