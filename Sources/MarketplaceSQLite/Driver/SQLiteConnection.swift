#if SQLite
import CMarketplaceSQLite
import MarketplaceStorage

/// One connection: its C calls run on its own executor, one hop for each transaction.
actor SQLiteConnection {
    private let executor: SQLiteExecutor
    private var session: SQLiteSession?
    nonisolated let interrupter = SQLiteInterrupter()

    /// Runs the tasks that work for this connection alone.
    nonisolated var tasks: SQLiteTaskExecutor { executor.tasks }

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
        guard let session else { throw Self.closed }
        return try body(session)
    }

    /// Performs reads off the line of a pool for one turn, each in a snapshot that began after it came; false when
    /// nobody waits any more.
    func read(for pool: SQLiteReaderPool, as number: Int) -> Bool {
        // Whatever happened, a snapshot is given back.
        defer { session?.rollBack() }
        var snapshotEnd: UInt64 = 0
        for _ in 0..<SQLiteReaderPool.readsPerTurn {
            guard let turn = pool.next(for: number) else { return false }
            guard let session else {
                turn.read.refuse(.notApplied(Self.closed.storeFailure))
                continue
            }
            do throws(SQLiteFailure) {
                if turn.ticket >= snapshotEnd {
                    session.rollBack()
                    try session.run(.beginRead)
                    snapshotEnd = turn.end
                }
            } catch {
                turn.read.refuse(.notApplied(error.storeFailure))
                continue
            }
            if !turn.read.perform(session) { snapshotEnd = 0 }
        }
        pool.pause(number)
        return true
    }

    private static let closed = SQLiteFailure(code: SQLITE_MISUSE, message: "the database was closed")
}
#endif
