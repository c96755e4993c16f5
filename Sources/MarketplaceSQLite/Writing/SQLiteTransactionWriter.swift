#if SQLite
import MarketplaceCore
import MarketplaceStorage

/// Checks one transaction against the state before it, and writes it.
///
/// An object, because every copy of a transaction counts references to each of its parts.
final class SQLiteTransactionWriter {
    /// What the check read and the write goes on with.
    struct Checked {
        /// Parallel to the deletes and to the writes; nil for a document that is not there.
        var deleted: [SQLiteDocumentState?] = []
        var overwritten: [SQLiteDocumentState?] = []
        /// The row of the one document to write, when checking has made it.
        var claimed: Int64?
        /// The places of the streams, parallel to the appends.
        var streams: [Int] = []
        /// The places and the new values of the counters, parallel to what is added.
        var counters: [(place: Int, value: Int64)] = []
    }

    let session: SQLiteSession
    let namespace: SQLiteNamespaceBatch
    let transaction: Transaction

    init(session: SQLiteSession, namespace: SQLiteNamespaceBatch, transaction: Transaction) {
        self.session = session
        self.namespace = namespace
        self.transaction = transaction
    }

    /// Why the check ended early: the state refuses, or the database failed.
    enum Obstacle: Error {
        case conflict(StoreConflict)
        case failure(SQLiteFailure)
    }

    /// Checks everything; nothing is written, but perhaps the row of a document: see ``claim(_:_:)``.
    func check() throws(SQLiteFailure) -> Result<Checked, StoreConflict> {
        do throws(Obstacle) {
            var checked = Checked()
            try checkGuards()
            try checkStreams(&checked)
            if let write = onlyNewDocument {
                try claim(write, &checked)
            } else {
                try checkDocuments(&checked)
                try checkCounters(&checked)
            }
            return .success(checked)
        } catch {
            switch error {
            case .conflict(let conflict): return .failure(conflict)
            case .failure(let failure): throw failure
            }
        }
    }

    /// What the transaction comes to, before anything is written.
    func receipt(of checked: Checked) -> CommitReceipt {
        var versions: [StreamVersion] = []
        var position = namespace.position
        for (append, place) in zip(transaction.appends, checked.streams) {
            versions.append(namespace.streams[place].version.advanced(by: append.events.count))
            position += UInt64(append.events.count)
        }
        return CommitReceipt(
            transaction: transaction.id,
            position: FeedPosition(minor: position),
            versions: versions,
            revisions: transaction.writes.indices.map { DocumentRevision(namespace.revision + Int64($0) + 1) },
            counters: checked.counters.map(\.value)
        )
    }

    /// Writes everything, in the order of the reference store, with the versions and revisions of the receipt.
    func write(_ checked: Checked, as receipt: CommitReceipt) throws(SQLiteFailure) {
        for case .fence(let key, let token) in transaction.guards {
            // Of two tokens of one key the higher counts, whichever comes first.
            let place = try fence(key)
            guard namespace.fences[place].value.map({ $0 < token }) ?? true else { continue }
            namespace.fences[place] = SQLiteNamespaceBatch.Slot(value: token, isChanged: true)
        }
        for (index, append) in transaction.appends.enumerated() {
            try write(append, at: checked.streams[index], upTo: receipt.versions[index])
        }
        for trim in transaction.trims { try write(trim) }
        try writeDocuments(checked, at: receipt.revisions)
        for (place, value) in checked.counters {
            namespace.counters[place] = SQLiteNamespaceBatch.Slot(value: value, isChanged: true)
        }
        for key in transaction.counterDeletes {
            // Whether it is there is no matter: it is not, from now on.
            let place = try namespace.counters.place(of: key) { SQLiteNamespaceBatch.Slot(value: nil) }
            namespace.counters[place] = SQLiteNamespaceBatch.Slot(value: nil, isChanged: true)
        }
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
                let place = try obtain { () throws(SQLiteFailure) in try self.place(of: stream) }
                try check(stream, isAt: expected, at: place)
            case .document(let key, let expected):
                let actual = try obtain { () throws(SQLiteFailure) in try guardedRevision(of: key) }
                guard actual == expected else {
                    throw .conflict(.documentRevision(key, expected: expected, actual: actual))
                }
            case .fence(let key, let presented):
                let place = try obtain { () throws(SQLiteFailure) in try fence(key) }
                if let highest = namespace.fences[place].value, highest > presented {
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

    private func checkStreams(_ checked: inout Checked) throws(Obstacle) {
        for append in transaction.appends {
            let place = try obtain { () throws(SQLiteFailure) in try self.place(of: append.stream) }
            if case .exactly(let expected) = append.expected { try check(append.stream, isAt: expected, at: place) }
            checked.streams.append(place)
        }
    }

    private func check(_ stream: StreamID, isAt expected: StreamVersion, at place: Int) throws(Obstacle) {
        let actual = namespace.streams[place].version
        guard actual == expected else {
            throw .conflict(.streamVersion(stream, expected: expected, actual: actual))
        }
    }

    /// Checks the counters, and keeps their new values for the write.
    func checkCounters(_ checked: inout Checked) throws(Obstacle) {
        for add in transaction.counterAdds {
            let place = try obtain { () throws(SQLiteFailure) in try counter(add.key) }
            let value = namespace.counters[place].value ?? 0
            let next = try agree { () throws(StoreConflict) in try add.applied(to: value) }
            checked.counters.append((place, next))
        }
    }

    /// The place of a counter, read once a batch.
    private func counter(_ key: CounterKey) throws(SQLiteFailure) -> Int {
        try namespace.counters.place(of: key) { () throws(SQLiteFailure) in
            SQLiteNamespaceBatch.Slot(value: try number(.counter, under: key.text))
        }
    }

    /// The place of the highest token seen under a key, read once a batch.
    private func fence(_ key: FenceKey) throws(SQLiteFailure) -> Int {
        try namespace.fences.place(of: key) { () throws(SQLiteFailure) in
            let token = try number(.fence, under: key.text)
            return SQLiteNamespaceBatch.Slot(value: token.map { FencingToken(UInt64(bitPattern: $0)) })
        }
    }

    /// The number that a namespace has under a key; nil for none.
    private func number(_ query: SQLiteQuery, under key: String) throws(SQLiteFailure) -> Int64? {
        try session.first(query) {
            $0.integer(namespace.id)
            $0.text(key)
        } row: { row in
            row.integer(0)
        }
    }

    /// The place of a stream's row, read once a batch.
    func place(of stream: StreamID) throws(SQLiteFailure) -> Int {
        try namespace.streams.place(of: stream) { () throws(SQLiteFailure) in
            try session.first(.stream) {
                $0.integer(namespace.id)
                $0.text(stream.category.text)
                $0.text(stream.key.text)
            } row: { row in
                SQLiteNamespaceBatch.Stream(id: row.integer(0), version: StreamVersion(row.integer(1)))
            } ?? SQLiteNamespaceBatch.Stream(id: 0, version: .none)
        }
    }
}
#endif
