#if SQLite
import MarketplaceCore
import MarketplaceStorage

/// The writes of one transaction of the database: each is checked as a whole before anything of it is written.
///
/// So one that is refused has left nothing behind, and those before and after it do not notice.
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
        if let first = try firstReceipt(of: request, in: namespace) { return first }
        let checked: SQLiteTransactionWriter.Checked
        switch try writer.check() {
        case .success(let found): checked = found
        case .failure(let conflict): return .failure(.conflict(conflict))
        }
        let receipt = try writer.write(checked)
        if !request.transaction.appends.isEmpty { hasEvents = true }
        if request.transaction.isRemembered { try remember(receipt, of: request, in: namespace) }
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
        try session.run(.sweepReceipts, .integer(latest.microsecondsSinceEpoch), .integer(Int64(count)))
    }

    private func flush(_ namespace: SQLiteNamespaceBatch) throws(SQLiteFailure) {
        let id = SQLiteValue.integer(namespace.id)
        for stream in namespace.streams.values where stream.isChanged {
            try session.run(.updateStream, .integer(stream.id), .integer(stream.version.value))
        }
        for (key, slot) in namespace.counters where slot.isChanged {
            if let value = slot.value {
                try session.run(.upsertCounter, id, .text(key.text), .integer(value))
            } else {
                try session.run(.deleteCounter, id, .text(key.text))
            }
        }
        for (key, slot) in namespace.fences where slot.isChanged {
            guard let token = slot.value else { continue }
            try session.run(.upsertFence, id, .text(key.text), .integer(Int64(bitPattern: token.value)))
        }
        guard namespace.isChanged else { return }
        try session.run(
            .updateNamespace,
            id,
            .integer(Int64(bitPattern: namespace.position)),
            .integer(namespace.revision)
        )
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
    private func firstReceipt(
        of request: GroupCommitRequest,
        in namespace: SQLiteNamespaceBatch
    ) throws(SQLiteFailure) -> GroupCommitOutcome? {
        let transaction = request.transaction.id
        let outcome = try session.first(.receipt, .integer(namespace.id), .bits(transaction.bits)) {
            row throws(SQLiteFailure) -> GroupCommitOutcome? in
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

    private mutating func remember(
        _ receipt: CommitReceipt,
        of request: GroupCommitRequest,
        in namespace: SQLiteNamespaceBatch
    ) throws(SQLiteFailure) {
        receiptCount += 1
        try session.run(
            .insertReceipt,
            .integer(namespace.id),
            .bits(receipt.transaction.bits),
            .bits(request.digest.bits),
            .bytes(receipt.stored),
            .integer(request.now.advanced(by: retention).microsecondsSinceEpoch)
        )
    }
}
#endif
