import MarketplaceCore
import MarketplaceStorage

extension StoreState {
    mutating func write(_ transaction: Transaction) -> [DocumentRevision] {
        guard !transaction.writes.isEmpty else { return [] }
        // All old keys are given up before new ones are taken, so that two documents can exchange theirs.
        for write in transaction.writes { releaseUniqueKeys(of: write.key) }
        var revisions: [DocumentRevision] = []
        revisions.reserveCapacity(transaction.writes.count)
        for write in transaction.writes { revisions.append(self.write(write)) }
        return revisions
    }

    private mutating func write(_ write: DocumentWrite) -> DocumentRevision {
        lastRevision += 1
        let revision = DocumentRevision(lastRevision)
        let earlier = documents.updateValue(
            Document(
                revision: revision,
                body: write.body,
                indexEntries: write.indexEntries,
                uniqueKeys: write.uniqueKeys
            ),
            forKey: write.key
        )
        for key in write.uniqueKeys { uniqueKeys[key] = write.key }
        if earlier == nil { insert([], into: nil, write.key) }
        guard earlier?.indexEntries != write.indexEntries else { return revision }
        for entry in earlier?.indexEntries ?? [] { remove(entry.values, from: entry.index, write.key) }
        for entry in write.indexEntries { insert(entry.values, into: entry.index, write.key) }
        return revision
    }

    mutating func remove(_ key: DocumentKey) {
        releaseUniqueKeys(of: key)
        guard let earlier = documents.removeValue(forKey: key) else { return }
        for entry in earlier.indexEntries { remove(entry.values, from: entry.index, key) }
        remove([], from: nil, key)
    }

    private mutating func releaseUniqueKeys(of key: DocumentKey) {
        guard let held = documents[key]?.uniqueKeys, !held.isEmpty else { return }
        for unique in held where uniqueKeys[unique] == key { uniqueKeys[unique] = nil }
    }

    private mutating func insert(_ values: [IndexValue], into index: String?, _ key: DocumentKey) {
        indexes[DocumentIndexKey(collection: key.collection, index: index), default: ChunkedSortedArray()]
            .insert(DocumentIndexRow(values: values, id: key.id))
    }

    private mutating func remove(_ values: [IndexValue], from index: String?, _ key: DocumentKey) {
        let indexKey = DocumentIndexKey(collection: key.collection, index: index)
        indexes[indexKey]?.remove(DocumentIndexRow(values: values, id: key.id))
        if indexes[indexKey]?.count == 0 { indexes[indexKey] = nil }
    }

    func document(_ key: DocumentKey) -> StoredDocument? {
        documents[key].map { StoredDocument(key: key, revision: $0.revision, body: $0.body) }
    }

    func documents(matching query: DocumentQuery) -> DocumentSlice {
        let indexKey = DocumentIndexKey(collection: query.collection, index: query.index)
        guard let rows = indexes[indexKey] else { return DocumentSlice(documents: [], next: nil) }
        var found: [StoredDocument] = []
        var last: DocumentIndexRow?
        var place = Self.firstPlace(of: query, in: rows)
        while let here = place, here != rows.end {
            let row = rows[here]
            guard query.place(of: row.values) == .within else { break }
            if found.count == query.limit {
                return DocumentSlice(documents: found, next: last.map { DocumentCursor(values: $0.values, id: $0.id) })
            }
            if let document = document(DocumentKey(query.collection, row.id)) { found.append(document) }
            last = row
            place = query.isDescending ? rows.position(before: here) : rows.position(after: here)
        }
        return DocumentSlice(documents: found, next: nil)
    }

    /// Where to begin: at the near end of the range, or just beyond the cursor.
    private static func firstPlace(
        of query: DocumentQuery,
        in rows: ChunkedSortedArray<DocumentIndexRow>
    ) -> ChunkedSortedArray<DocumentIndexRow>.Position? {
        let cursor = query.cursor.map { DocumentIndexRow(values: $0.values, id: $0.id) }
        if query.isDescending {
            let beyond = rows.firstPosition { row in
                query.place(of: row.values) == .after || cursor.map { row >= $0 } ?? false
            }
            return rows.position(before: beyond)
        }
        return rows.firstPosition { row in
            query.place(of: row.values) != .before && cursor.map { row > $0 } ?? true
        }
    }
}
