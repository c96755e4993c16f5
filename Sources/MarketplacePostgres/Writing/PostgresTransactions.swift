/// How a transaction of the server ended.
enum PostgresEnding<Value: Sendable>: Sendable {
    /// As was decided: it was committed, or rolled back because there was nothing to write.
    case told(Value)
    /// Nothing of it was applied.
    case notApplied(PostgresFailure)
    /// The connection was lost while it was committed.
    case unknown(PostgresFailure)
}

/// What is to become of a transaction after its first round trip.
struct PostgresDecision<Value: Sendable>: Sendable {
    /// What its caller is told.
    let value: Value
    /// What is still to be written before it is committed; nil when it is to be rolled back.
    let statements: [PostgresStatement]?
}

/// Runs transactions of the server in two round trips: lock and read, then write and commit; or in one, when what is
/// written does not depend on what is read.
struct PostgresTransactions: Sendable {
    /// How often a transaction is tried that the server rolled back because of others.
    static let attempts = 3

    let sessions: any PostgresSessions
    let registry = PostgresRegistry()
    let lockTimeout: Duration
    let probe: (any PostgresWriterProbe)?
    private let unbegun: PostgresUnbegunTransactions

    init(sessions: any PostgresSessions, lockTimeout: Duration, probe: (any PostgresWriterProbe)?) {
        self.sessions = sessions
        self.lockTimeout = lockTimeout
        self.probe = probe
        unbegun = PostgresUnbegunTransactions(sessions)
    }

    /// Runs a transaction.
    ///
    /// - Parameters:
    ///   - prepare: Finds out what has to be known before the transaction begins.
    ///   - attempts: How often it is tried.
    ///   - settings: The statements that come first; by default those that all but batches need.
    ///   - opening: The statements of the first round trip: they lock and read.
    ///   - decide: Decides on their rows.
    /// - Returns: How it ended; what others stood in the way of was tried again.
    func run<Known, Value: Sendable>(
        _ prepare: (any PostgresSession) async throws(PostgresFailure) -> Known,
        attempts: Int = Self.attempts,
        settings: (() -> [PostgresStatement])? = nil,
        opening: (Known) -> [PostgresStatement],
        decide: (Known, [PostgresRows]) throws(PostgresFailure) -> PostgresDecision<Value>
    ) async -> PostgresEnding<Value> {
        let start = [PostgresWriter.begin] + (settings?() ?? [PostgresLocking.settings(lockTimeout: lockTimeout)])
        var ending = await attempt(prepare, start, opening, decide)
        for _ in 1..<max(attempts, 1) {
            guard case .notApplied(let failure) = ending else { break }
            if failure.code == .otherCluster {
                await followCluster()
            } else if !failure.isContention {
                break
            }
            ending = await attempt(prepare, start, opening, decide)
        }
        return ending
    }

    /// Runs a transaction in one round trip.
    ///
    /// - Parameters:
    ///   - lock: The statement that locks.
    ///   - write: The statement that writes, if the conditions in it are met; otherwise it has no rows.
    ///   - others: What else is to be done.
    /// - Returns: How it ended, with the rows of `write`.
    func runAtOnce(
        lock: PostgresStatement,
        write: PostgresStatement,
        others: [PostgresStatement]
    ) async -> PostgresEnding<PostgresRows> {
        do throws(PostgresFailure) {
            try probe?.willBegin()
            return try await sessions.withSession { session throws(PostgresFailure) in
                let writing = [write] + others
                if let probe {
                    let opening = [PostgresWriter.begin, lock]
                    return await runInSteps(opening, writing, with: session, watchedBy: probe)
                }
                guard unbegun.areUsable else { return await runBegun(lock, writing, with: session) }
                return await runUnbegun(lock, writing, with: session)
            }
        } catch {
            return .notApplied(error)
        }
    }

    private func runBegun(
        _ lock: PostgresStatement,
        _ writing: [PostgresStatement],
        with session: any PostgresSession
    ) async -> PostgresEnding<PostgresRows> {
        let ending = await runAll([PostgresWriter.begin, lock] + writing + [PostgresWriter.commit], with: session)
        switch ending {
        case .told(let rows): return .told(rows[2])
        case .unknown(let failure): return .unknown(failure)
        case .notApplied(let failure):
            await rollBack(session, after: failure)
            return .notApplied(failure)
        }
    }

    /// The same without statements that begin and end it: the call is the transaction.
    private func runUnbegun(
        _ lock: PostgresStatement,
        _ writing: [PostgresStatement],
        with session: any PostgresSession
    ) async -> PostgresEnding<PostgresRows> {
        switch await runAll([lock] + writing, with: session) {
        case .told(let rows):
            // Then it has written nothing, and is read first this time.
            if (try? rows[0].flag(0, of: 0)) != true { unbegun.noteUnusable() }
            return .told(rows[1])
        case .notApplied(let failure): return .notApplied(failure)
        case .unknown(let failure): return .unknown(failure)
        }
    }

    /// Sends a whole transaction; losing the connection leaves its outcome unknown.
    private func runAll(
        _ statements: [PostgresStatement],
        with session: any PostgresSession
    ) async -> PostgresEnding<[PostgresRows]> {
        do throws(PostgresFailure) {
            let rows = try await session.run(statements)
            guard rows.count == statements.count else {
                return .unknown(PostgresFailure(.unreadable, "no answer to a statement"))
            }
            return .told(rows)
        } catch {
            guard error.isOfServer || error.code == .notConnected else { return .unknown(error) }
            return .notApplied(error)
        }
    }

    /// The same where somebody looks on: one step after the other.
    private func runInSteps(
        _ opening: [PostgresStatement],
        _ writing: [PostgresStatement],
        with session: any PostgresSession,
        watchedBy probe: any PostgresWriterProbe
    ) async -> PostgresEnding<PostgresRows> {
        do throws(PostgresFailure) {
            try probe.willRun(opening)
            _ = try await session.run(opening)
            try probe.willRun(writing)
            guard let rows = try await session.run(writing).first, rows.count > 0 else {
                _ = try await session.run([PostgresWriter.rollback])
                return .told(PostgresRows())
            }
            await probe.holdCommit()
            return await commit(session, telling: rows)
        } catch {
            await rollBack(session, after: error)
            return .notApplied(error)
        }
    }

    /// Lets the turns go on behind what is stored, after the server was exchanged for another one.
    ///
    /// What was known of namespaces and indexes may have been registered after the dump was made.
    func followCluster() async {
        registry.forget()
        do throws(PostgresOpeningError) {
            try await PostgresOpening(sessions: sessions, migrates: false).open()
        } catch {
            // The next attempt finds the same, and is told so.
        }
    }

    private func attempt<Known, Value: Sendable>(
        _ prepare: (any PostgresSession) async throws(PostgresFailure) -> Known,
        _ start: [PostgresStatement],
        _ opening: (Known) -> [PostgresStatement],
        _ decide: (Known, [PostgresRows]) throws(PostgresFailure) -> PostgresDecision<Value>
    ) async -> PostgresEnding<Value> {
        do throws(PostgresFailure) {
            try probe?.willBegin()
            return try await sessions.withSession { session throws(PostgresFailure) in
                let known = try await prepare(session)
                return await run(start, opening(known), with: session) { rows throws(PostgresFailure) in
                    try decide(known, rows)
                }
            }
        } catch {
            return .notApplied(error)
        }
    }

    private func run<Value: Sendable>(
        _ start: [PostgresStatement],
        _ opening: [PostgresStatement],
        with session: any PostgresSession,
        decide: ([PostgresRows]) throws(PostgresFailure) -> PostgresDecision<Value>
    ) async -> PostgresEnding<Value> {
        let decision: PostgresDecision<Value>
        do throws(PostgresFailure) {
            try probe?.willRun(start + opening)
            let rows = try await session.run(start + opening)
            guard rows.count == start.count + opening.count else {
                throw PostgresFailure(.unreadable, "no answer to a statement")
            }
            decision = try decide(Array(rows[start.count...]))
        } catch {
            await rollBack(session, after: error)
            return .notApplied(error)
        }
        guard let statements = decision.statements else {
            // There is nothing that an end could change.
            _ = try? await session.run([PostgresWriter.rollback])
            do throws(PostgresFailure) { try probe?.didEnd() } catch { return .unknown(error) }
            return .told(decision.value)
        }
        return await finish(statements, with: session, telling: decision.value)
    }

    /// Writes and commits.
    private func finish<Value: Sendable>(
        _ statements: [PostgresStatement],
        with session: any PostgresSession,
        telling value: Value
    ) async -> PostgresEnding<Value> {
        guard let probe else { return await commit(session, after: statements, telling: value) }
        do throws(PostgresFailure) {
            // Somebody looks on: then everything is written before the commit is sent.
            try probe.willRun(statements)
            _ = try await session.run(statements)
            await probe.holdCommit()
        } catch {
            guard error.isOfServer else { return .unknown(error) }
            await rollBack(session, after: error)
            return .notApplied(error)
        }
        return await commit(session, telling: value)
    }

    /// Commits; once that is on its way, losing the connection leaves the outcome unknown.
    private func commit<Value: Sendable>(
        _ session: any PostgresSession,
        after statements: [PostgresStatement] = [],
        telling value: Value
    ) async -> PostgresEnding<Value> {
        do throws(PostgresFailure) {
            let all = statements + [PostgresWriter.commit]
            try probe?.willRun(all)
            _ = try await session.run(all)
            try probe?.didEnd()
            return .told(value)
        } catch {
            guard error.isOfServer else { return .unknown(error) }
            await rollBack(session, after: error)
            return .notApplied(error)
        }
    }

    /// Ends a transaction that failed; a session of no more use is left to its pool.
    private func rollBack(_ session: any PostgresSession, after failure: PostgresFailure) async {
        guard failure.isOfServer || [.unreadable, .otherCluster].contains(failure.code) else { return }
        // What fails here is a session that its pool will find broken.
        _ = try? await session.run([PostgresWriter.rollback])
    }
}
