import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// Writes batches of commits, each as one transaction of the server in two round trips: lock and read, then write and
/// commit.
final class PostgresWriter: Sendable {
    /// How often a batch is tried that the server rolled back because of others.
    static let attempts = 3
    /// The most bytes of payloads and bodies that share a batch; one caller's always fit: enough to keep a disk busy, and
    /// little memory for a server.
    static let mostBytes = 64 << 20
    /// The most bytes of payloads and bodies of one transaction: the server takes messages below 1 GiB, of which the rest
    /// of its columns need a part.
    static let mostTransactionBytes = 896 << 20
    /// After how many new receipts old ones are looked for: a small part of what writing so many costs.
    static let sweepInterval = 64

    private let sessions: any PostgresSessions
    private let configuration: PostgresConfiguration
    private let probe: (any PostgresWriterProbe)?
    let registry = PostgresRegistry()
    /// Called when events were committed.
    private let didAppend: @Sendable () -> Void
    /// How many receipts were written since old ones were last forgotten.
    private let unsweptReceipts = Mutex(0)
    private let lastTurn = Mutex<Int64>(0)

    /// The last turn in which this process has committed events.
    var lastCommittedTurn: Int64 { lastTurn.withLock { $0 } }

    init(
        sessions: any PostgresSessions,
        configuration: PostgresConfiguration,
        probe: (any PostgresWriterProbe)?,
        didAppend: @escaping @Sendable () -> Void
    ) {
        self.sessions = sessions
        self.configuration = configuration
        self.probe = probe
        self.didAppend = didAppend
    }

    /// How a batch ended: with an outcome for each caller, or as a whole not at all.
    private enum Ending: Sendable {
        case told([GroupCommitOutcome], hasEvents: Bool)
        case notApplied(PostgresFailure)
        case unknown(PostgresFailure)
    }

    /// Writes a batch; the outcomes are parallel to the requests.
    func write(_ requests: [GroupCommitRequest]) async -> [GroupCommitOutcome] {
        let bytes = requests.reduce(0) { $0 + $1.transaction.payloadBytes }
        if requests.count > 1, bytes > Self.mostBytes { return await writeInHalves(requests) }
        guard bytes <= Self.mostTransactionBytes else {
            // "program_limit_exceeded"
            let failure = PostgresFailure(PostgresFailure.Code("54000"), "\(bytes) bytes are too many for a message")
            return requests.map { _ in .failure(.notApplied(failure.storeFailure)) }
        }
        var ending = await attempt(requests)
        for _ in 1..<Self.attempts {
            guard case .notApplied(let failure) = ending, failure.isContention else { break }
            ending = await attempt(requests)
        }
        switch ending {
        case .told(let outcomes, let hasEvents):
            if hasEvents { didAppend() }
            return outcomes
        case .notApplied(let failure) where requests.count > 1 && failure.isOfOneCaller:
            // Halved until whoever spoils it stands alone.
            return await writeInHalves(requests)
        case .notApplied(let failure):
            return requests.map { _ in .failure(.notApplied(failure.storeFailure)) }
        case .unknown(let failure):
            return requests.map { _ in .failure(.unknown(failure.storeFailure)) }
        }
    }

    private func writeInHalves(_ requests: [GroupCommitRequest]) async -> [GroupCommitOutcome] {
        let middle = requests.count / 2
        return await write(Array(requests[..<middle])) + write(Array(requests[middle...]))
    }

    private func attempt(_ requests: [GroupCommitRequest]) async -> Ending {
        do throws(PostgresFailure) {
            try probe?.willBegin()
            return try await sessions.withSession { session throws(PostgresFailure) in
                try await withTaskExecutorPreference(session.taskExecutor) {
                    () async throws(PostgresFailure) -> Ending in
                    let known = try await self.registry.resolve(requests, with: session)
                    return await self.write(requests, with: session, known)
                }
            }
        } catch {
            return .notApplied(error)
        }
    }

    private func write(
        _ requests: [GroupCommitRequest],
        with session: any PostgresSession,
        _ known: PostgresRegistry.Known
    ) async -> Ending {
        let decided: (batch: PostgresBatch, outcomes: [GroupCommitOutcome])
        do throws(PostgresFailure) {
            decided = try await decide(requests, with: session, known)
        } catch {
            await rollBack(session, after: error)
            return .notApplied(error)
        }
        guard decided.batch.isChanged else {
            // Everybody was refused or repeats what was done: there is nothing that an end could change.
            _ = try? await session.run([Self.rollback])
            do throws(PostgresFailure) { try probe?.didEnd() } catch { return .unknown(error) }
            return .told(decided.outcomes, hasEvents: false)
        }
        return await finish(decided.batch, decided.outcomes, of: requests, with: session)
    }

    /// Begins, locks, reads and decides; nothing is written yet.
    private func decide(
        _ requests: [GroupCommitRequest],
        with session: any PostgresSession,
        _ known: PostgresRegistry.Known
    ) async throws(PostgresFailure) -> (batch: PostgresBatch, outcomes: [GroupCommitOutcome]) {
        let load = PostgresLoad(requests.lazy.map { (known.namespace($0.namespace), $0.transaction) })
        let opening = [Self.begin, PostgresLocking.statement(load.slots, lockTimeout: configuration.lockTimeout)]
        return try await Self.decide(requests, load, opening, known, configuration.receiptRetention) {
            statements throws(PostgresFailure) in
            try self.probe?.willRun(statements)
            return try await session.run(statements)
        }
    }

    /// Locks, reads and decides within a transaction, which `opening` may begin; the last statement of it locks.
    static func decide(
        _ requests: [GroupCommitRequest],
        _ load: PostgresLoad,
        _ opening: [PostgresStatement],
        _ known: PostgresRegistry.Known,
        _ retention: Duration,
        run: ([PostgresStatement]) async throws(PostgresFailure) -> [PostgresRows]
    ) async throws(PostgresFailure) -> (batch: PostgresBatch, outcomes: [GroupCommitOutcome]) {
        let read = load.read
        let rows = try await run(opening + [read].compactMap(\.self))
        guard rows.count == opening.count + (read == nil ? 0 : 1) else {
            throw PostgresFailure(.unreadable, "no answer to a statement")
        }
        var batch = try PostgresBatch(
            load,
            turns: rows[opening.count - 1],
            answers: read == nil ? PostgresRows() : rows[opening.count],
            retention: retention,
            registry: known
        )
        let outcomes = requests.map { batch.commit($0) }
        return (batch, outcomes)
    }

    /// Writes and commits; once the commit is on its way, losing the connection leaves the outcome unknown.
    private func finish(
        _ batch: PostgresBatch,
        _ outcomes: [GroupCommitOutcome],
        of requests: [GroupCommitRequest],
        with session: any PostgresSession
    ) async -> Ending {
        var statements: [PostgresStatement]
        do throws(PostgresFailure) {
            statements = try batch.statements()
        } catch {
            // Nothing of it is on its way yet.
            await rollBack(session, after: error)
            return .notApplied(error)
        }
        do throws(PostgresFailure) {
            if let sweep = sweep(adding: batch.receiptCount, at: requests.map(\.now).max() ?? .distantPast) {
                statements.append(sweep)
            }
            if let probe {
                // Somebody looks on: then everything is written before the commit is sent.
                try probe.willRun(statements)
                _ = try await session.run(statements)
                await probe.holdCommit()
                statements = []
                try probe.willRun([Self.commit])
            }
            _ = try await session.run(statements + [Self.commit])
            try probe?.didEnd()
        } catch {
            guard error.isOfServer else { return .unknown(error) }
            await rollBack(session, after: error)
            return .notApplied(error)
        }
        guard !batch.changedNamespaces.isEmpty else { return .told(outcomes, hasEvents: false) }
        lastTurn.withLock { $0 = max($0, batch.turn) }
        return .told(outcomes, hasEvents: true)
    }

    /// Ends a transaction that failed; a session of no more use is left to its pool.
    private func rollBack(_ session: any PostgresSession, after failure: PostgresFailure) async {
        guard failure.isOfServer || failure.code == .unreadable else { return }
        // What fails here is a session that its pool will find broken.
        _ = try? await session.run([Self.rollback])
    }

    private func sweep(adding count: Int, at now: Timestamp) -> PostgresStatement? {
        let due = unsweptReceipts.withLock { unswept in
            unswept += count
            guard unswept >= Self.sweepInterval else { return 0 }
            // Twice as many as were written, so that a backlog shrinks.
            defer { unswept = 0 }
            return unswept * 2
        }
        guard due > 0 else { return nil }
        return PostgresStatement(
            """
            delete from marketplace_receipt where ctid = any(array(select ctid from marketplace_receipt where due <= $1 \
            order by due limit $2 for update skip locked))
            """,
            name: "marketplace_sweep_receipts",
            values: [.bigint(now.microsecondsSinceEpoch), .bigint(Int64(due))]
        )
    }

    static let begin = PostgresStatement(
        "begin isolation level read committed read write",
        name: "marketplace_begin"
    )
    static let commit = PostgresStatement("commit", name: "marketplace_commit")
    static let rollback = PostgresStatement("rollback", name: "marketplace_rollback")
}

extension Transaction {
    /// How many bytes its payloads and bodies have: all but all of what is sent.
    fileprivate var payloadBytes: Int {
        appends.reduce(0) { $0 + $1.events.reduce(0) { $0 + $1.payload.count } }
            + writes.reduce(0) { $0 + $1.body.count }
    }
}
