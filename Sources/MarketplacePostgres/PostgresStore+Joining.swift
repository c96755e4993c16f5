import MarketplaceCore
public import MarketplaceStorage

extension PostgresStore {
    /// Applies a transaction within a transaction of the caller's own, which commits or rolls it back with everything
    /// else it does.
    ///
    /// The caller has begun a transaction on `session`, at the isolation level *read committed*, and has not written
    /// anything yet: only then does the server's number of the transaction, which the feed is ordered by, come behind
    /// the locks of the streams. Until the transaction ends, nobody else writes what it touches, and the feed is held
    /// back at it: keep it short.
    ///
    /// One call per transaction: the next one finds that it has written.
    ///
    /// The receipt is true when the caller's transaction has committed. If that stays unknown, committing the same
    /// transaction again tells, in any way.
    ///
    /// - Parameters:
    ///   - transaction: What to apply.
    ///   - session: The caller's session, to the same database and with the same `search_path`.
    /// - Returns: The receipt, to be believed once the caller's transaction has committed.
    /// - Throws: As ``Store/commit(_:)``; ``MarketplaceStorage/StoreError/notApplied(_:)`` with
    ///   ``MarketplaceStorage/StoreFailure/Code/postgresTransactionState`` when there is no transaction, it has written
    ///   already, or its isolation level is another. After a conflict nothing of `transaction` was written, and the
    ///   caller's own goes on; after a failure of the server it has failed.
    public func commit(
        _ transaction: Transaction,
        joining session: some PostgresSession
    ) async throws(StoreError) -> CommitReceipt {
        let request = try GroupCommitRequest(transaction, in: name, now: database.wallClock.now)
        let outcome: GroupCommitOutcome
        do throws(PostgresFailure) {
            outcome = try await join(request, session, try await known(for: request))
        } catch {
            // The caller's transaction has its number already: the next one will do better.
            if error.code == .otherCluster { await database.transactions.followCluster() }
            throw .notApplied(error.storeFailure)
        }
        return try outcome.get()
    }

    /// The numbers that a request needs; new ones are written in a transaction of their own, which takes another session.
    private func known(for request: GroupCommitRequest) async throws(PostgresFailure) -> PostgresRegistry.Known {
        // Whoever joins mostly has a session of the same pool, and must not wait for a second one without need.
        if let known = database.transactions.registry.known(for: [request]) { return known }
        return try await database.sessions.withSession { own throws(PostgresFailure) in
            try await database.transactions.registry.resolve([request], with: own)
        }
    }

    private func join(
        _ request: GroupCommitRequest,
        _ session: some PostgresSession,
        _ known: PostgresRegistry.Known
    ) async throws(PostgresFailure) -> GroupCommitOutcome {
        let states = try await session.run(Self.state)
        guard let state = states.last, try state.flag(0, of: 0) else {
            let message = "a transaction at the level read committed that has not written anything is needed"
            throw PostgresFailure(.wrongTransactionState, message)
        }
        let question = PostgresQuestion([request], known)
        let rows = try await session.run(question.statements { PostgresLocking.statement($0) })
        let decided = try question.decide([request], rows, retention: database.configuration.receiptRetention)
        if decided.batch.isChanged {
            let changes = try decided.batch.documentChanges()
            // Only the server knows when the caller's transaction has committed.
            let told = decided.batch.changedNamespaces
            let notification = told.isEmpty ? [] : [PostgresFeedNotifier.statement(told)]
            _ = try await session.run(decided.batch.statements(of: changes) + notification)
        }
        guard let outcome = decided.outcomes.first else {
            throw PostgresFailure(.unreadable, "no outcome of a transaction")
        }
        return outcome
    }

    /// Fails where no transaction has been begun, for there are no savepoints outside of one; then tells its state.
    private static let state = [
        PostgresStatement("savepoint marketplace_joining", name: "marketplace_savepoint"),
        PostgresStatement("release savepoint marketplace_joining", name: "marketplace_release"),
        PostgresStatement(
            """
            select pg_current_xact_id_if_assigned() is null and current_setting('transaction_isolation') = \
            'read committed'
            """,
            name: "marketplace_state"
        ),
    ]
}
