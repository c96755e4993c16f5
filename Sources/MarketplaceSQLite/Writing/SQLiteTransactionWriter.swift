#if SQLite
import MarketplaceCore
import MarketplaceStorage

/// Checks one transaction against the state before it, and writes it.
struct SQLiteTransactionWriter {
    /// What the check read and the write goes on with.
    struct Checked {
        var documents: [DocumentKey: SQLiteDocumentState] = [:]
        var counters: [Int64] = []
    }

    let session: SQLiteSession
    let namespace: SQLiteNamespaceBatch
    let transaction: Transaction

    var namespaceID: SQLiteValue { .integer(namespace.id) }

    /// Why the check ended early: the state refuses, or the database failed.
    enum Obstacle: Error {
        case conflict(StoreConflict)
        case failure(SQLiteFailure)
    }

    /// Checks everything; nothing is written.
    func check() throws(SQLiteFailure) -> Result<Checked, StoreConflict> {
        do throws(Obstacle) {
            var checked = Checked()
            try checkGuards()
            try checkStreams()
            try checkDocuments(&checked)
            for add in transaction.counterAdds {
                let value = try obtain { () throws(SQLiteFailure) in try counter(add.key) }
                checked.counters.append(try agree { () throws(StoreConflict) in try add.applied(to: value) })
            }
            return .success(checked)
        } catch {
            switch error {
            case .conflict(let conflict): return .failure(conflict)
            case .failure(let failure): throw failure
            }
        }
    }

    /// Writes everything, in the order of the reference store.
    func write(_ checked: Checked) throws(SQLiteFailure) -> CommitReceipt {
        for case .fence(let key, let token) in transaction.guards {
            // Of two tokens of one key the higher counts, whichever comes first.
            let highest = try fence(key)
            guard highest.map({ $0 < token }) ?? true else { continue }
            namespace.fences[key] = SQLiteNamespaceBatch.Slot(value: token, isChanged: true)
        }
        let versions = try writeEvents()
        for trim in transaction.trims { try write(trim) }
        let revisions = try writeDocuments(checked.documents)
        for (add, value) in zip(transaction.counterAdds, checked.counters) {
            namespace.counters[add.key] = SQLiteNamespaceBatch.Slot(value: value, isChanged: true)
        }
        for key in transaction.counterDeletes {
            namespace.counters[key] = SQLiteNamespaceBatch.Slot(value: nil, isChanged: true)
        }
        return CommitReceipt(
            transaction: transaction.id,
            position: FeedPosition(minor: namespace.position),
            versions: versions,
            revisions: revisions,
            counters: checked.counters
        )
    }

    /// Runs what may fail in the database.
    func obtain<Value>(_ body: () throws(SQLiteFailure) -> Value) throws(Obstacle) -> Value {
        do throws(SQLiteFailure) { return try body() } catch { throw .failure(error) }
    }

    /// Runs what the state may refuse.
    private func agree<Value>(_ body: () throws(StoreConflict) -> Value) throws(Obstacle) -> Value {
        do throws(StoreConflict) { return try body() } catch { throw .conflict(error) }
    }

    private func checkGuards() throws(Obstacle) {
        for guarded in transaction.guards {
            switch guarded {
            case .stream(let stream, let expected):
                try check(stream, isAt: expected)
            case .document(let key, let expected):
                let actual = try obtain { () throws(SQLiteFailure) in try guardedRevision(of: key) }
                guard actual == expected else {
                    throw .conflict(.documentRevision(key, expected: expected, actual: actual))
                }
            case .fence(let key, let presented):
                let highest = try obtain { () throws(SQLiteFailure) in try fence(key) }
                if let highest, highest > presented {
                    throw .conflict(.staleFence(key, presented: presented, highest: highest))
                }
            }
        }
    }

    /// The revision of a document that is required, read once a batch for as long as nobody changes it.
    private func guardedRevision(of key: DocumentKey) throws(SQLiteFailure) -> DocumentRevision? {
        if let known = namespace.guarded[key] { return known }
        let revision = try document(key)?.revision
        namespace.guarded[key] = .some(revision)
        return revision
    }

    private func checkStreams() throws(Obstacle) {
        for append in transaction.appends {
            if case .exactly(let expected) = append.expected { try check(append.stream, isAt: expected) }
        }
    }

    private func check(_ stream: StreamID, isAt expected: StreamVersion) throws(Obstacle) {
        let actual = try obtain { () throws(SQLiteFailure) in try self.stream(stream).version }
        guard actual == expected else {
            throw .conflict(.streamVersion(stream, expected: expected, actual: actual))
        }
    }

    /// The value of a counter, read once a batch.
    private func counter(_ key: CounterKey) throws(SQLiteFailure) -> Int64 {
        if let slot = namespace.counters[key] { return slot.value ?? 0 }
        let value = try session.first(.counter, namespaceID, .text(key.text)) { $0.integer(0) }
        namespace.counters[key] = SQLiteNamespaceBatch.Slot(value: value)
        return value ?? 0
    }

    /// The highest token seen under a key, read once a batch.
    private func fence(_ key: FenceKey) throws(SQLiteFailure) -> FencingToken? {
        if let slot = namespace.fences[key] { return slot.value }
        let token = try session.first(.fence, namespaceID, .text(key.text)) { row in
            FencingToken(UInt64(bitPattern: row.integer(0)))
        }
        namespace.fences[key] = SQLiteNamespaceBatch.Slot(value: token)
        return token
    }

    /// The row of a stream, read once a batch.
    func stream(_ stream: StreamID) throws(SQLiteFailure) -> SQLiteNamespaceBatch.Stream {
        if let known = namespace.streams[stream] { return known }
        let texts = (SQLiteValue.text(stream.category.text), SQLiteValue.text(stream.key.text))
        let found =
            try session.first(.stream, namespaceID, texts.0, texts.1) { row in
                SQLiteNamespaceBatch.Stream(id: row.integer(0), version: StreamVersion(row.integer(1)))
            } ?? SQLiteNamespaceBatch.Stream(id: 0, version: .none)
        namespace.streams[stream] = found
        return found
    }
}
#endif
