#if SQLite
import CMarketplaceSQLite
import MarketplaceStorage

/// Performs batches of writes, each as one transaction of the database.
struct SQLiteWriter: Sendable {
    let connection: SQLiteConnection
    let receiptRetention: Duration
    let probe: (any SQLiteWriterProbe)?
    /// Called when events were committed.
    let didAppend: @Sendable () -> Void

    /// How a batch ended: with everything its callers wrote, or as a whole not at all.
    private enum Ending {
        case written(hasEvents: Bool)
        case notApplied(SQLiteFailure)
        case unknown(SQLiteFailure)
    }

    /// Performs a batch; the errors are parallel to the writes, and nil where one was written.
    func perform(_ writes: [SQLiteWrite]) async -> [StoreError?] {
        switch await attempt(writes) {
        case .written(let hasEvents):
            if hasEvents { didAppend() }
            return writes.map { _ in nil }
        case .notApplied(let failure) where writes.count > 1 && failure.isOfOneCaller:
            // Halved until whoever spoils it stands alone.
            let middle = writes.count / 2
            return await perform(Array(writes[..<middle])) + perform(Array(writes[middle...]))
        case .notApplied(let failure):
            return writes.map { _ in .notApplied(failure.storeFailure) }
        case .unknown(let failure):
            return writes.map { _ in .unknown(failure.storeFailure) }
        }
    }

    private func attempt(_ writes: [SQLiteWrite]) async -> Ending {
        let retention = receiptRetention
        do throws(SQLiteFailure) {
            guard let probe else {
                return try await connection.perform { session throws(SQLiteFailure) in
                    let hasEvents = try Self.performAll(writes, in: session, retention: retention)
                    return Self.finish(in: session, hasEvents: hasEvents)
                }
            }
            // With somebody who holds commits it takes two hops; nobody else uses this connection in between.
            try probe.willBegin()
            let hasEvents = try await connection.perform { session throws(SQLiteFailure) in
                try Self.performAll(writes, in: session, retention: retention)
            }
            await probe.holdCommit()
            return try await connection.perform { session throws(SQLiteFailure) in
                Self.finish(in: session, hasEvents: hasEvents)
            }
        } catch {
            return .notApplied(error)
        }
    }

    /// Begins a transaction and performs all callers' writes, or rolls back and throws; whether there are new events.
    private static func performAll(
        _ writes: [SQLiteWrite],
        in session: SQLiteSession,
        retention: Duration
    ) throws(SQLiteFailure) -> Bool {
        session.rollBack()
        do throws(SQLiteFailure) {
            try session.run(.beginWrite)
            var batch = SQLiteBatch(session: session, retention: retention)
            for write in writes { try write.perform(&batch) }
            try batch.flush()
            return batch.hasEvents
        } catch {
            session.rollBack()
            throw error
        }
    }

    /// Commits what was written; from here on a failure may have left it applied.
    private static func finish(in session: SQLiteSession, hasEvents: Bool) -> Ending {
        do throws(SQLiteFailure) {
            try session.run(.commit)
        } catch {
            // Locked by others, nothing was written to the log; anything else may have been found out too late.
            defer { session.rollBack() }
            return error.primary == SQLITE_BUSY ? .notApplied(error) : .unknown(error)
        }
        do throws(SQLiteFailure) {
            try session.probe?.didCommit()
        } catch {
            return .unknown(error)
        }
        return .written(hasEvents: hasEvents)
    }
}
#endif
