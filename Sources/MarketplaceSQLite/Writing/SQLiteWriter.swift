#if SQLite
import CMarketplaceSQLite
import MarketplaceStorage

/// Writes batches of commits, each as one transaction of the database.
struct SQLiteWriter: Sendable {
    let connection: SQLiteConnection
    let receiptRetention: Duration
    let probe: (any SQLiteWriterProbe)?
    /// Called when events were committed.
    let didAppend: @Sendable () -> Void

    /// How a batch ended: with an outcome for each caller, or as a whole not at all.
    private enum Ending {
        case told([GroupCommitOutcome], hasEvents: Bool)
        case notApplied(SQLiteFailure)
        case unknown(SQLiteFailure)
    }

    /// Writes a batch; the outcomes are parallel to the requests.
    func write(_ requests: [GroupCommitRequest]) async -> [GroupCommitOutcome] {
        switch await attempt(requests) {
        case .told(let outcomes, let hasEvents):
            if hasEvents { didAppend() }
            return outcomes
        case .notApplied(let failure) where requests.count > 1 && failure.isOfOneCaller:
            // Halved until whoever spoils it stands alone.
            let middle = requests.count / 2
            return await write(Array(requests[..<middle])) + write(Array(requests[middle...]))
        case .notApplied(let failure):
            return requests.map { _ in .failure(.notApplied(failure.storeFailure)) }
        case .unknown(let failure):
            return requests.map { _ in .failure(.unknown(failure.storeFailure)) }
        }
    }

    private func attempt(_ requests: [GroupCommitRequest]) async -> Ending {
        let retention = receiptRetention
        do throws(SQLiteFailure) {
            guard let probe else {
                return try await connection.perform { session throws(SQLiteFailure) in
                    let written = try Self.writeAll(requests, in: session, retention: retention)
                    return Self.finish(written, in: session)
                }
            }
            // With somebody who holds commits it takes two hops; nobody else uses this connection in between.
            try probe.willBegin()
            let written = try await connection.perform { session throws(SQLiteFailure) in
                try Self.writeAll(requests, in: session, retention: retention)
            }
            await probe.holdCommit()
            return try await connection.perform { session throws(SQLiteFailure) in
                Self.finish(written, in: session)
            }
        } catch {
            return .notApplied(error)
        }
    }

    private struct Written: Sendable {
        let outcomes: [GroupCommitOutcome]
        let hasEvents: Bool
    }

    /// Begins a transaction and writes all callers' parts, or rolls back and throws.
    private static func writeAll(
        _ requests: [GroupCommitRequest],
        in session: SQLiteSession,
        retention: Duration
    ) throws(SQLiteFailure) -> Written {
        session.rollBack()
        do throws(SQLiteFailure) {
            try session.run(.beginWrite)
            var batch = SQLiteBatch(session: session, retention: retention)
            var outcomes: [GroupCommitOutcome] = []
            outcomes.reserveCapacity(requests.count)
            for request in requests { outcomes.append(try batch.commit(request)) }
            try batch.flush()
            return Written(outcomes: outcomes, hasEvents: batch.hasEvents)
        } catch {
            session.rollBack()
            throw error
        }
    }

    /// Commits what was written; from here on a failure may have left it applied.
    private static func finish(_ written: Written, in session: SQLiteSession) -> Ending {
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
        return .told(written.outcomes, hasEvents: written.hasEvents)
    }
}
#endif
