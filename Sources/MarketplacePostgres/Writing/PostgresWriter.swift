import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// Writes batches of commits, each as one transaction of the server: in one round trip where what it will find can be
/// forecast, else in two, lock and read, then write and commit.
final class PostgresWriter: Sendable {
    /// The most bytes of payloads and bodies that share a batch; one caller's always fit: enough to keep a disk busy, and
    /// little memory for a server.
    static let mostBytes = 64 << 20
    /// The most bytes of payloads and bodies of one transaction: the server takes messages below 1 GiB, of which the rest
    /// of its columns need a part.
    static let mostTransactionBytes = 896 << 20
    /// After how many new receipts old ones are looked for: a small part of what writing so many costs.
    static let sweepInterval = 64

    private let transactions: PostgresTransactions
    private let retention: Duration
    private let forecasts = PostgresForecasts()
    /// Called when events of these namespaces were committed.
    private let didAppend: @Sendable (Set<StoreNamespace>) -> Void
    /// How many receipts were written since old ones were last forgotten.
    private let unsweptReceipts = Mutex(0)
    private let lastTurn = Mutex<Int64>(0)

    /// The last turn in which this process has committed events.
    var lastCommittedTurn: Int64 { lastTurn.withLock { $0 } }

    init(
        transactions: PostgresTransactions,
        retention: Duration,
        didAppend: @escaping @Sendable (Set<StoreNamespace>) -> Void
    ) {
        self.transactions = transactions
        self.retention = retention
        self.didAppend = didAppend
    }

    /// What became of a batch: an outcome for each caller, the turn, and the namespaces that have new events in it.
    private struct Written {
        let outcomes: [GroupCommitOutcome]
        let turn: Int64
        let changedNamespaces: Set<StoreNamespace>
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
        switch await ending(of: requests) {
        case .told(let written):
            if !written.changedNamespaces.isEmpty {
                lastTurn.withLock { $0 = max($0, written.turn) }
                didAppend(written.changedNamespaces)
            }
            return written.outcomes
        case .notApplied(let failure) where requests.count > 1 && failure.isOfOneCaller:
            // Halved until whoever spoils it stands alone.
            return await writeInHalves(requests)
        case .notApplied(let failure):
            return requests.map { _ in .failure(.notApplied(failure.storeFailure)) }
        case .unknown(let failure):
            // It may have been committed, and whoever repeats it then finds it done: nobody else would be told here.
            didAppend(Set(requests.lazy.filter { !$0.transaction.appends.isEmpty }.map(\.namespace)))
            return requests.map { _ in .failure(.unknown(failure.storeFailure)) }
        }
    }

    private func ending(of requests: [GroupCommitRequest]) async -> PostgresEnding<Written> {
        var attempts = PostgresTransactions.attempts
        switch await writeAtOnce(requests) {
        case .notApplied(let failure)? where failure.isContention: attempts -= 1
        case .notApplied(let failure)? where failure.isOfOneCaller: break
        case let ending?: return ending
        case nil: break
        }
        return await readAndWrite(requests, attempts: attempts)
    }

    /// Writes a batch in one round trip; nil when nothing was written because it has to be read first.
    private func writeAtOnce(_ requests: [GroupCommitRequest]) async -> PostgresEnding<Written>? {
        guard let known = transactions.registry.known(for: requests),
            let forecast = forecasts.forecast(for: requests, known)
        else { return nil }
        var batch = forecast.batch(retention: retention, registry: known)
        var receipts: [CommitReceipt] = []
        for request in requests {
            // Whoever is to be refused is refused for what was read.
            guard case .success(let receipt) = batch.commit(request) else { return nil }
            receipts.append(receipt)
        }
        guard let changes = try? batch.documentChanges(), changes.isSimple,
            let write = batch.statements(of: changes, if: forecast).first
        else { return nil }
        let ending = await transactions.runAtOnce(
            lock: PostgresLocking.lone(forecast.slots, lockTimeout: transactions.lockTimeout),
            write: write,
            others: [sweep(after: batch, requests)].compactMap(\.self)
        )
        switch ending {
        case .told(let rows):
            guard let turn = try? rows.integer(0, of: 0) else {
                forecasts.failed()
                return nil
            }
            forecasts.succeeded()
            forecasts.note(batch, changes, in: turn)
            return .told(
                Written(
                    outcomes: receipts.map { .success($0.taking(turn)) },
                    turn: turn,
                    changedNamespaces: batch.changedNamespaces
                )
            )
        case .notApplied(let failure): return .notApplied(failure)
        case .unknown(let failure): return .unknown(failure)
        }
    }

    /// Writes a batch in two round trips.
    private func readAndWrite(_ requests: [GroupCommitRequest], attempts: Int) async -> PostgresEnding<Written> {
        await transactions.run(
            { session throws(PostgresFailure) in
                let known = try await self.transactions.registry.resolve(requests, with: session)
                return PostgresQuestion(requests, known)
            },
            attempts: attempts
        ) {
            // The statement that locks sets them as well.
            []
        } opening: { question in
            question.statements { PostgresLocking.statement($0, lockTimeout: self.transactions.lockTimeout) }
        } decide: { question, rows throws(PostgresFailure) in
            let (batch, outcomes) = try question.decide(requests, rows, retention: self.retention)
            let changes = try batch.documentChanges()
            // If it is not committed, a forecast will not come true, and that is all.
            self.forecasts.note(batch, changes, in: batch.turn)
            guard batch.isChanged else {
                // Everybody was refused or repeats what was done.
                let nothing = Written(outcomes: outcomes, turn: batch.turn, changedNamespaces: [])
                return PostgresDecision(value: nothing, statements: nil)
            }
            let statements = batch.statements(of: changes) + [self.sweep(after: batch, requests)].compactMap(\.self)
            let written = Written(
                outcomes: outcomes,
                turn: batch.turn,
                changedNamespaces: batch.changedNamespaces
            )
            return PostgresDecision(value: written, statements: statements)
        }
    }

    private func writeInHalves(_ requests: [GroupCommitRequest]) async -> [GroupCommitOutcome] {
        let middle = requests.count / 2
        return await write(Array(requests[..<middle])) + write(Array(requests[middle...]))
    }

    /// Forgets old receipts, now and then.
    private func sweep(after batch: PostgresBatch, _ requests: [GroupCommitRequest]) -> PostgresStatement? {
        let due = unsweptReceipts.withLock { unswept in
            unswept += batch.receiptCount
            guard unswept >= Self.sweepInterval else { return 0 }
            // Twice as many as were written, so that a backlog shrinks.
            defer { unswept = 0 }
            return unswept * 2
        }
        guard due > 0, let now = requests.map(\.now).max() else { return nil }
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
    /// How many bytes its payloads, bodies and index entries have: all but all of what is sent.
    fileprivate var payloadBytes: Int {
        appends.reduce(0) { $0 + $1.events.reduce(0) { $0 + $1.payload.count } }
            + writes.reduce(0) { $0 + $1.body.count + $1.entryBytes }
    }
}

extension DocumentWrite {
    /// How many bytes its index entries have, which are sent with the document and with their own rows.
    fileprivate var entryBytes: Int {
        2 * indexEntries.reduce(0) { $0 + StoredIndexKey.bytes(of: $1.values).count }
    }
}
