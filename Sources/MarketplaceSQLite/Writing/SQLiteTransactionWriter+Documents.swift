#if SQLite
import MarketplaceCore
import MarketplaceStorage

extension SQLiteTransactionWriter {
    /// The stored document of that key, or nil.
    func document(_ key: DocumentKey) throws(SQLiteFailure) -> SQLiteDocumentState? {
        try session.first(.documentState) {
            $0.integer(namespace.id)
            $0.text(key.collection.text)
            $0.text(key.id.text)
        } row: { row in
            SQLiteDocumentState(
                number: row.integer(0),
                revision: DocumentRevision(row.integer(1)),
                entries: row.bytes(2),
                uniqueKeys: row.bytes(3)
            )
        }
    }

    /// Checks revisions and unique keys, and keeps what is stored for the write.
    func checkDocuments(_ checked: inout Checked) throws(Obstacle) {
        for delete in transaction.deletes {
            checked.deleted.append(try stored(delete.key, meeting: delete.expected))
        }
        for write in transaction.writes {
            checked.overwritten.append(try stored(write.key, meeting: write.expected))
        }
        guard transaction.writes.contains(where: { !$0.uniqueKeys.isEmpty }) else { return }
        // A key is free when nobody holds it, or when its holder gives it up in this very transaction.
        let leaving = Set(transaction.deletes.map(\.key) + transaction.writes.map(\.key))
        var taken: [UniqueKey: DocumentKey] = [:]
        for write in transaction.writes {
            for key in write.uniqueKeys {
                var holder = taken[key]
                if holder == nil {
                    let stored = try obtain { () throws(SQLiteFailure) in try self.holder(of: key) }
                    holder = stored.flatMap { leaving.contains($0) ? nil : $0 }
                }
                if let holder, holder != write.key { throw .conflict(.uniqueKey(key, holder: holder)) }
                taken[key] = write.key
            }
        }
    }

    /// The document to write, when there is no other, it must be new and it holds no unique key: as of an order or of a
    /// reservation.
    var onlyNewDocument: DocumentWrite? {
        guard transaction.deletes.isEmpty, transaction.writes.count == 1, let write = transaction.writes.first,
            write.expected == .absent, write.uniqueKeys.isEmpty
        else { return nil }
        return write
    }

    /// Checks the counters, and then that a document is new by making its row, which saves looking for it first.
    ///
    /// The row comes last, so that nothing is written when anything else refuses; what is told is what the order of the
    /// checks says all the same.
    func claim(_ write: DocumentWrite, _ checked: inout Checked) throws(Obstacle) {
        do throws(Obstacle) {
            try checkCounters(&checked)
        } catch {
            if case .conflict = error { _ = try stored(write.key, meeting: write.expected) }
            throw error
        }
        let revision = DocumentRevision(namespace.revision + 1)
        checked.claimed = try obtain { () throws(SQLiteFailure) in try insertRow(of: write, at: revision) }
        if checked.claimed == nil { checked.overwritten.append(try stored(write.key, meeting: write.expected)) }
    }

    /// Takes back the row that checking has made.
    func release(_ checked: Checked) throws(SQLiteFailure) {
        guard let number = checked.claimed else { return }
        try session.run(.deleteDocument) { $0.integer(number) }
    }

    private func stored(
        _ key: DocumentKey,
        meeting expected: ExpectedRevision
    ) throws(Obstacle) -> SQLiteDocumentState? {
        let state = try obtain { () throws(SQLiteFailure) in try document(key) }
        guard expected.isMet(by: state?.revision) else {
            throw .conflict(.documentRevision(key, expected: expected.revision, actual: state?.revision))
        }
        return state
    }

    private func holder(of key: UniqueKey) throws(SQLiteFailure) -> DocumentKey? {
        try session.first(.uniqueHolder) {
            $0.integer(namespace.id)
            $0.text(key.text)
        } row: { row throws(SQLiteFailure) in
            DocumentKey(TextKey(unchecked: try row.text(0)), TextKey(unchecked: try row.text(1)))
        }
    }

    /// Deletes documents, and writes others with their new revisions.
    func writeDocuments(_ checked: Checked, at revisions: [DocumentRevision]) throws(SQLiteFailure) {
        for delete in transaction.deletes { namespace.guarded.removeValue(forKey: delete.key) }
        for write in transaction.writes { namespace.guarded.removeValue(forKey: write.key) }
        for (delete, state) in zip(transaction.deletes, checked.deleted) {
            guard let state else { continue }
            try releaseUniqueKeys(of: state)
            try removeEntries(of: state, at: delete.key)
            try session.run(.deleteDocument) { $0.integer(state.number) }
        }
        // All old keys are given up before new ones are taken, so that two documents can exchange theirs.
        for (write, state) in zip(transaction.writes, checked.overwritten) {
            guard let state, state.uniqueKeys != StoredDocumentKeys.bytes(of: write.uniqueKeys) else { continue }
            try releaseUniqueKeys(of: state)
        }
        for (index, write) in transaction.writes.enumerated() {
            if checked.claimed == nil, let state = checked.overwritten[index] {
                try update(write, at: revisions[index], over: state)
            } else {
                try insert(write, at: revisions[index], in: checked.claimed)
            }
        }
        if let last = revisions.last { namespace.revision = last.value }
    }

    /// Writes a new document; its row may have been made.
    private func insert(
        _ write: DocumentWrite,
        at revision: DocumentRevision,
        in claimed: Int64?
    ) throws(SQLiteFailure) {
        var row = claimed
        if row == nil { row = try insertRow(of: write, at: revision) }
        guard let row else { throw .unreadable("a document that was not there is there") }
        try insertEntries(of: write, number: row)
        try takeUniqueKeys(of: write, number: row)
    }

    /// Makes the row of a new document; nil when there is one.
    private func insertRow(of write: DocumentWrite, at revision: DocumentRevision) throws(SQLiteFailure) -> Int64? {
        try session.run(.insertDocument) {
            $0.integer(namespace.id)
            $0.text(write.key.collection.text)
            $0.text(write.key.id.text)
            $0.integer(revision.value)
            $0.bytes(write.body)
            $0.bytes(StoredDocumentKeys.bytes(of: write.indexEntries))
            $0.bytes(StoredDocumentKeys.bytes(of: write.uniqueKeys))
        }
        return session.handle.changedRowCount > 0 ? session.handle.lastRowID : nil
    }

    /// Writes a document over what is stored; keys that stay the same are left alone.
    private func update(
        _ write: DocumentWrite,
        at revision: DocumentRevision,
        over state: SQLiteDocumentState
    ) throws(SQLiteFailure) {
        let entries = StoredDocumentKeys.bytes(of: write.indexEntries)
        let uniqueKeys = StoredDocumentKeys.bytes(of: write.uniqueKeys)
        let isSame = (entries: state.entries == entries, uniqueKeys: state.uniqueKeys == uniqueKeys)
        guard isSame != (true, true) else {
            return try session.run(.updateDocument) {
                $0.integer(state.number)
                $0.integer(revision.value)
                $0.bytes(write.body)
            }
        }
        try session.run(.updateDocumentAndKeys) {
            $0.integer(state.number)
            $0.integer(revision.value)
            $0.bytes(write.body)
            $0.bytes(entries)
            $0.bytes(uniqueKeys)
        }
        if !isSame.entries {
            try removeEntries(of: state, at: write.key)
            try insertEntries(of: write, number: state.number)
        }
        if !isSame.uniqueKeys { try takeUniqueKeys(of: write, number: state.number) }
    }

    private func insertEntries(of write: DocumentWrite, number: Int64) throws(SQLiteFailure) {
        for entry in write.indexEntries {
            try session.run(.insertEntry) {
                $0.integer(namespace.id)
                $0.text(write.key.collection.text)
                $0.text(entry.index)
                $0.bytes(StoredIndexKey.bytes(of: entry.values))
                $0.text(write.key.id.text)
                $0.integer(number)
            }
        }
    }

    private func removeEntries(of state: SQLiteDocumentState, at key: DocumentKey) throws(SQLiteFailure) {
        for entry in try state.readEntries() {
            try session.run(.deleteEntry) {
                $0.integer(namespace.id)
                $0.text(key.collection.text)
                $0.text(entry.index)
                $0.bytes(entry.value)
                $0.text(key.id.text)
            }
        }
    }

    private func takeUniqueKeys(of write: DocumentWrite, number: Int64) throws(SQLiteFailure) {
        for key in write.uniqueKeys {
            try session.run(.insertUnique) {
                $0.integer(namespace.id)
                $0.text(key.text)
                $0.integer(number)
            }
        }
    }

    private func releaseUniqueKeys(of state: SQLiteDocumentState) throws(SQLiteFailure) {
        for key in try state.readUniqueKeys() {
            try session.run(.deleteUnique) {
                $0.integer(namespace.id)
                $0.text(key)
                $0.integer(state.number)
            }
        }
    }
}
#endif
