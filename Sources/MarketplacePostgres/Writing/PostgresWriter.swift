import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// Writes batches of commits, each as one transaction of the server in two round trips: lock and read, then write and
/// commit.
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
    /// Called when events were committed.
    private let didAppend: @Sendable () -> Void
    /// How many receipts were written since old ones were last forgotten.
    private let unsweptReceipts = Mutex(0)
    private let lastTurn = Mutex<Int64>(0)

    /// The last turn in which this process has committed events.
    var lastCommittedTurn: Int64 { lastTurn.withLock { $0 } }

    init(
        transactions: PostgresTransactions,
        retention: Duration,
        didAppend: @escaping @Sendable () -> Void
    ) {
        self.transactions = transactions
        self.retention = retention
        self.didAppend = didAppend
    }

    /// What became of a batch: an outcome for each caller, and the turn of the events, if there are any.
    private struct Written {
        let outcomes: [GroupCommitOutcome]
        let turn: Int64?
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
        let ending = await transactions.run { session throws(PostgresFailure) in
            let known = try await self.transactions.registry.resolve(requests, with: session)
            return PostgresQuestion(requests, known)
        } settings: {
            // The statement that locks sets them as well.
            []
        } opening: { question in
            question.statements { PostgresLocking.statement($0, lockTimeout: self.transactions.lockTimeout) }
        } decide: { question, rows throws(PostgresFailure) in
            let (batch, outcomes) = try question.decide(requests, rows, retention: self.retention)
            guard batch.isChanged else {
                // Everybody was refused or repeats what was done.
                return PostgresDecision(value: Written(outcomes: outcomes, turn: nil), statements: nil)
            }
            var statements = try batch.statements()
            if let sweep = self.sweep(adding: batch.receiptCount, at: requests.map(\.now).max() ?? .distantPast) {
                statements.append(sweep)
            }
            let turn = batch.changedNamespaces.isEmpty ? nil : batch.turn
            return PostgresDecision(value: Written(outcomes: outcomes, turn: turn), statements: statements)
        }
        switch ending {
        case .told(let written):
            if let turn = written.turn {
                lastTurn.withLock { $0 = max($0, turn) }
                didAppend()
            }
            return written.outcomes
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
