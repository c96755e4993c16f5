#if SQLite
import MarketplaceCore
import MarketplaceStorage

extension SQLiteTransactionWriter {
    /// The stored document of that key, or nil.
    func document(_ key: DocumentKey) throws(SQLiteFailure) -> SQLiteDocumentState? {
        try session.first(.documentState, namespaceID, .text(key.collection.text), .text(key.id.text)) { row in
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
        for delete in transaction.deletes { try check(delete.key, meets: delete.expected, &checked) }
        for write in transaction.writes { try check(write.key, meets: write.expected, &checked) }
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

    private func check(
        _ key: DocumentKey,
        meets expected: ExpectedRevision,
        _ checked: inout Checked
    ) throws(Obstacle) {
        let state = try obtain { () throws(SQLiteFailure) in try document(key) }
        guard expected.isMet(by: state?.revision) else {
            throw .conflict(.documentRevision(key, expected: expected.revision, actual: state?.revision))
        }
        checked.documents[key] = state
    }

    private func holder(of key: UniqueKey) throws(SQLiteFailure) -> DocumentKey? {
        try session.first(.uniqueHolder, namespaceID, .text(key.text)) { row throws(SQLiteFailure) in
            DocumentKey(TextKey(unchecked: try row.text(0)), TextKey(unchecked: try row.text(1)))
        }
    }

    /// Deletes and writes documents, and returns the revisions of those written.
    func writeDocuments(
        _ stored: [DocumentKey: SQLiteDocumentState]
    ) throws(SQLiteFailure) -> [DocumentRevision] {
        for delete in transaction.deletes { namespace.guarded.removeValue(forKey: delete.key) }
        for write in transaction.writes { namespace.guarded.removeValue(forKey: write.key) }
        for delete in transaction.deletes {
            guard let state = stored[delete.key] else { continue }
            try releaseUniqueKeys(of: state)
            try removeEntries(of: state, at: delete.key)
            try session.run(.deleteDocument, .integer(state.number))
        }
        // All old keys are given up before new ones are taken, so that two documents can exchange theirs.
        for write in transaction.writes {
            guard let state = stored[write.key],
                state.uniqueKeys != StoredDocumentKeys.bytes(of: write.uniqueKeys)
            else { continue }
            try releaseUniqueKeys(of: state)
        }
        var revisions: [DocumentRevision] = []
        for write in transaction.writes { revisions.append(try self.write(write, over: stored[write.key])) }
        return revisions
    }

    private func write(
        _ write: DocumentWrite,
        over state: SQLiteDocumentState?
    ) throws(SQLiteFailure) -> DocumentRevision {
        namespace.revision += 1
        let revision = namespace.revision
        let entries = StoredDocumentKeys.bytes(of: write.indexEntries)
        let uniqueKeys = StoredDocumentKeys.bytes(of: write.uniqueKeys)
        guard let state else {
            try session.run(
                .insertDocument,
                namespaceID,
                .text(write.key.collection.text),
                .text(write.key.id.text),
                .integer(revision),
                .bytes(write.body),
                .bytes(entries),
                .bytes(uniqueKeys)
            )
            let number = session.handle.lastRowID
            try insertEntries(of: write, number: number)
            try takeUniqueKeys(of: write, number: number)
            return DocumentRevision(revision)
        }
        let number = SQLiteValue.integer(state.number)
        guard state.entries != entries || state.uniqueKeys != uniqueKeys else {
            try session.run(.updateDocument, number, .integer(revision), .bytes(write.body))
            return DocumentRevision(revision)
        }
        try session.run(
            .updateDocumentAndKeys,
            number,
            .integer(revision),
            .bytes(write.body),
            .bytes(entries),
            .bytes(uniqueKeys)
        )
        if state.entries != entries {
            try removeEntries(of: state, at: write.key)
            try insertEntries(of: write, number: state.number)
        }
        if state.uniqueKeys != uniqueKeys { try takeUniqueKeys(of: write, number: state.number) }
        return DocumentRevision(revision)
    }

    private func insertEntries(of write: DocumentWrite, number: Int64) throws(SQLiteFailure) {
        for entry in write.indexEntries {
            try session.run(
                .insertEntry,
                namespaceID,
                .text(write.key.collection.text),
                .text(entry.index),
                .bytes(StoredIndexKey.bytes(of: entry.values)),
                .text(write.key.id.text),
                .integer(number)
            )
        }
    }

    private func removeEntries(of state: SQLiteDocumentState, at key: DocumentKey) throws(SQLiteFailure) {
        for entry in try state.readEntries() {
            try session.run(
                .deleteEntry,
                namespaceID,
                .text(key.collection.text),
                .text(entry.index),
                .bytes(entry.value),
                .text(key.id.text)
            )
        }
    }

    private func takeUniqueKeys(of write: DocumentWrite, number: Int64) throws(SQLiteFailure) {
        for key in write.uniqueKeys {
            try session.run(.insertUnique, namespaceID, .text(key.text), .integer(number))
        }
    }

    private func releaseUniqueKeys(of state: SQLiteDocumentState) throws(SQLiteFailure) {
        for key in try state.readUniqueKeys() {
            try session.run(.deleteUnique, namespaceID, .text(key), .integer(state.number))
        }
    }
}
#endif
