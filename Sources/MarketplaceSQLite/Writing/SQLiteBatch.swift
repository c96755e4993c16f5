#if SQLite
import MarketplaceCore
import MarketplaceStorage

/// The writes of one transaction of the database: each is checked as a whole before anything of it stays written.
///
/// So one that is refused or repeated has left nothing behind, and those before and after it do not notice.
struct SQLiteBatch {
    /// After how many new receipts old ones are looked for: a small part of what writing so many costs.
    static let sweepInterval = 64

    let session: SQLiteSession
    private let retention: Duration
    private var namespaces: [StoreNamespace: SQLiteNamespaceBatch] = [:]
    private var receiptCount = 0
    private var latest = Timestamp.distantPast
    /// Whether anything was appended.
    private(set) var hasEvents = false

    init(session: SQLiteSession, retention: Duration) {
        self.session = session
        self.retention = retention
    }

    /// Checks and writes one caller's transaction.
    mutating func commit(_ request: GroupCommitRequest) throws(SQLiteFailure) -> GroupCommitOutcome {
        let namespace = try namespace(request.namespace)
        latest = max(latest, request.now)
        let writer = SQLiteTransactionWriter(session: session, namespace: namespace, transaction: request.transaction)
        let checked: SQLiteTransactionWriter.Checked
        switch try writer.check() {
        case .success(let found): checked = found
        case .failure(let conflict):
            return try firstOutcome(of: request, in: namespace) ?? .failure(.conflict(conflict))
        }
        let receipt = writer.receipt(of: checked)
        if request.transaction.isRemembered, try !remember(receipt, of: request, in: namespace) {
            // Nobody knows an id that is new: it is looked up only when it cannot be taken.
            if let first = try firstOutcome(of: request, in: namespace) {
                try writer.release(checked)
                return first
            }
            try remember(receipt, of: request, in: namespace, by: .replaceReceipt)
        }
        try writer.write(checked, as: receipt)
        if !request.transaction.appends.isEmpty { hasEvents = true }
        return .success(receipt)
    }

    /// Writes what was gathered, and forgets old receipts.
    mutating func flush() throws(SQLiteFailure) {
        for namespace in namespaces.values { try flush(namespace) }
        session.unsweptReceipts += receiptCount
        guard session.unsweptReceipts >= Self.sweepInterval else { return }
        // Twice as many as were written, so that a backlog shrinks.
        let count = session.unsweptReceipts * 2
        session.unsweptReceipts = 0
        try session.run(.sweepReceipts) {
            $0.integer(latest.microsecondsSinceEpoch)
            $0.integer(Int64(count))
        }
    }

    private func flush(_ namespace: SQLiteNamespaceBatch) throws(SQLiteFailure) {
        for stream in namespace.streams.rows where stream.isChanged {
            try session.run(.updateStream) {
                $0.integer(stream.id)
                $0.integer(stream.version.value)
            }
        }
        try flushCounters(of: namespace)
        for (key, slot) in zip(namespace.fences.keys, namespace.fences.rows) where slot.isChanged {
            guard let token = slot.value else { continue }
            try session.run(.upsertFence) {
                $0.integer(namespace.id)
                $0.text(key.text)
                $0.integer(Int64(bitPattern: token.value))
            }
        }
        guard namespace.isChanged else { return }
        try session.run(.updateNamespace) {
            $0.integer(namespace.id)
            $0.integer(Int64(bitPattern: namespace.position))
            $0.integer(namespace.revision)
        }
    }

    private func flushCounters(of namespace: SQLiteNamespaceBatch) throws(SQLiteFailure) {
        for (key, slot) in zip(namespace.counters.keys, namespace.counters.rows) where slot.isChanged {
            guard let value = slot.value else {
                try session.run(.deleteCounter) {
                    $0.integer(namespace.id)
                    $0.text(key.text)
                }
                continue
            }
            try session.run(.upsertCounter) {
                $0.integer(namespace.id)
                $0.text(key.text)
                $0.integer(value)
            }
        }
    }

    /// The row of a namespace, made where there is none.
    mutating func namespace(
        _ name: StoreNamespace
    ) throws(SQLiteFailure) -> SQLiteNamespaceBatch {
        if let namespace = namespaces[name] { return namespace }
        var found = try session.first(.namespace, .text(name.text)) { row throws(SQLiteFailure) in
            SQLiteNamespaceBatch(
                id: row.integer(0),
                position: UInt64(bitPattern: row.integer(1)),
                revision: row.integer(2)
            )
        }
        if found == nil {
            try session.run(.insertNamespace, .text(name.text))
            found = SQLiteNamespaceBatch(id: session.handle.lastRowID, position: 0, revision: 0)
        }
        guard let found else { throw .unreadable("a namespace that was written is not there") }
        namespaces[name] = found
        return found
    }

    /// What a repeated id is told; nil for one that is new or forgotten.
    private func firstOutcome(
        of request: GroupCommitRequest,
        in namespace: SQLiteNamespaceBatch
    ) throws(SQLiteFailure) -> GroupCommitOutcome? {
        guard request.transaction.isRemembered else { return nil }
        let transaction = request.transaction.id
        let outcome = try session.first(.receipt) {
            $0.integer(namespace.id)
            $0.bits(transaction.bits)
        } row: { row throws(SQLiteFailure) -> GroupCommitOutcome? in
            guard row.integer(2) > request.now.microsecondsSinceEpoch else { return nil }
            guard try row.bits(0) == request.digest.bits else {
                return .failure(.conflict(.transactionReused(transaction)))
            }
            let bytes = row.bytes(1)
            return try SQLiteFailure.reading { () throws(BinaryFormatError) in
                .success(try CommitReceipt(stored: bytes, of: transaction))
            }
        }
        return outcome ?? nil
    }

    /// Keeps the id of a transaction with its receipt; false when the id is taken.
    @discardableResult
    private mutating func remember(
        _ receipt: CommitReceipt,
        of request: GroupCommitRequest,
        in namespace: SQLiteNamespaceBatch,
        by query: SQLiteQuery = .insertReceipt
    ) throws(SQLiteFailure) -> Bool {
        try session.run(query) {
            $0.integer(namespace.id)
            $0.bits(receipt.transaction.bits)
            $0.bits(request.digest.bits)
            $0.bytes(receipt.stored)
            $0.integer(request.now.advanced(by: retention).microsecondsSinceEpoch)
        }
        guard session.handle.changedRowCount > 0 else { return false }
        receiptCount += 1
        return true
    }
}
#endif
