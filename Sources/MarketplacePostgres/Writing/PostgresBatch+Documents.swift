import MarketplaceCore
import MarketplaceStorage

extension PostgresBatch {
    /// What becomes of the documents' rows and of all they are found by.
    struct DocumentChanges {
        struct Row {
            let number: Int64
            let namespace: Int64
            let write: DocumentWrite
            let revision: DocumentRevision
            let entries: [UInt8]
        }

        struct EntryRow {
            let entry: PostgresDocumentState.Entry
            let id: String
            let document: Int64
        }

        var removed: [Int64] = []
        var rows: [Row] = []
        var removedEntries: [EntryRow] = []
        var entries: [EntryRow] = []

        /// Whether the one statement that writes is enough for them.
        var isSimple: Bool {
            removed.isEmpty && !(removedEntries + entries).contains { PostgresIndexValue.isLong($0.entry.value) }
        }
    }

    /// What becomes of the documents that were written or deleted.
    func documentChanges() throws(PostgresFailure) -> DocumentChanges {
        var changes = DocumentChanges()
        for (key, slot) in documents where slot.isChanged { try gather(slot, of: key, into: &changes) }
        return changes
    }

    /// The statements for what goes, and for the few entries that are too long.
    static func statements(of changes: DocumentChanges) -> [PostgresStatement] {
        var statements: [PostgresStatement] = []
        if !changes.removed.isEmpty {
            statements.append(
                PostgresStatement(
                    "delete from marketplace_document where number = any($1::bigint[])",
                    name: "marketplace_remove_documents",
                    values: [.bigints(changes.removed)]
                )
            )
        }
        return statements + Self.statements(removingLong: changes.removedEntries)
            + Self.statements(long: changes.entries)
    }

    private func gather(
        _ slot: DocumentSlot,
        of key: Scoped<DocumentKey>,
        into changes: inout DocumentChanges
    ) throws(PostgresFailure) {
        guard let number = slot.number else { return }
        let id = key.key.id.text
        var entries: [PostgresDocumentState.Entry] = []
        if let write = slot.write, let revision = slot.revision {
            entries = write.indexEntries.map { entry in
                PostgresDocumentState.Entry(
                    index: registry.index(entry.index, of: key.key.collection, in: key.namespace),
                    value: StoredIndexKey.bytes(of: entry.values)
                )
            }
            changes.rows.append(
                DocumentChanges.Row(
                    number: number,
                    namespace: key.namespace,
                    write: write,
                    revision: revision,
                    entries: PostgresDocumentState.stored(entries)
                )
            )
        } else if slot.stored != nil {
            changes.removed.append(number)
        }
        var old: [PostgresDocumentState.Entry] = []
        if let stored = slot.stored {
            old = try PostgresFailure.reading { () throws(BinaryFormatError) in
                try PostgresDocumentState.entries(of: stored.entries)
            }
        }
        let (before, after) = (Set(old), Set(entries))
        for entry in before.subtracting(after) {
            changes.removedEntries.append(DocumentChanges.EntryRow(entry: entry, id: id, document: number))
        }
        for entry in after.subtracting(before) {
            changes.entries.append(DocumentChanges.EntryRow(entry: entry, id: id, document: number))
        }
    }

    /// The values that write documents.
    static func columns(writing rows: [DocumentChanges.Row]) -> [PostgresColumn] {
        [
            .bigints(rows.map { $0.number }), .bigints(rows.map { $0.namespace }),
            .texts(rows.map { $0.write.key.collection.text }), .texts(rows.map { $0.write.key.id.text }),
            .bigints(rows.map { $0.revision.value }), .bytes(rows.map { $0.write.body }),
            .bytes(rows.map { $0.entries }),
            .bytes(rows.map { StoredDocumentKeys.bytes(of: $0.write.uniqueKeys) }),
        ]
    }

    /// The values that write index entries of the usual length.
    static func columns(adding rows: [DocumentChanges.EntryRow]) -> [PostgresColumn] {
        let short = rows.filter { !PostgresIndexValue.isLong($0.entry.value) }
        return [
            .bigints(short.map { $0.entry.index }), .bytes(short.map { $0.entry.value }),
            .texts(short.map { $0.id }), .bigints(short.map { $0.document }),
        ]
    }

    /// The values that remove index entries of the usual length.
    static func columns(removing rows: [DocumentChanges.EntryRow]) -> [PostgresColumn] {
        let short = rows.filter { !PostgresIndexValue.isLong($0.entry.value) }
        return [
            .bigints(short.map { $0.entry.index }), .bytes(short.map { $0.entry.value }), .texts(short.map { $0.id }),
        ]
    }

    private static func statements(removingLong rows: [DocumentChanges.EntryRow]) -> [PostgresStatement] {
        var statements: [PostgresStatement] = []
        let long = rows.filter { PostgresIndexValue.isLong($0.entry.value) }
        if !long.isEmpty {
            statements.append(
                PostgresStatement(
                    """
                    delete from marketplace_long_entry e using unnest($1::bigint[], $2::bytea[], $3::bigint[]) as \
                    k(index, value, document) where e.document = k.document and e.index = k.index and e.value = k.value
                    """,
                    name: "marketplace_remove_long_entries",
                    values: [
                        .bigints(long.map(\.entry.index)), .bytesList(long.map(\.entry.value)),
                        .bigints(long.map(\.document)),
                    ]
                )
            )
        }
        return statements
    }

    private static func statements(long rows: [DocumentChanges.EntryRow]) -> [PostgresStatement] {
        let long = rows.filter { PostgresIndexValue.isLong($0.entry.value) }
        guard !long.isEmpty else { return [] }
        return [
            PostgresStatement(
                """
                insert into marketplace_long_entry (index, head, value, id, document) select * from \
                unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::text[], $5::bigint[])
                """,
                name: "marketplace_write_long_entries",
                values: [
                    .bigints(long.map(\.entry.index)),
                    .bytesList(long.map { PostgresIndexValue.head(of: $0.entry.value) }),
                    .bytesList(long.map(\.entry.value)), .texts(long.map(\.id)), .bigints(long.map(\.document)),
                ]
            )
        ]
    }

    /// Gives up unique keys, each by the document that held it, before others take them.
    var releases: [PostgresStatement] {
        var released: [(key: Scoped<UniqueKey>, document: Int64)] = []
        for (key, slot) in uniques where slot.isChanged && holder(slot, in: key.namespace) == nil {
            if let number = slot.releasedBy { released.append((key, number)) }
        }
        guard !released.isEmpty else { return [] }
        return [
            PostgresStatement(
                """
                delete from marketplace_unique u using unnest($1::bigint[], $2::text[], $3::bigint[]) as k(namespace, \
                key, document) where u.namespace = k.namespace and u.key = k.key and u.document = k.document
                """,
                name: "marketplace_remove_uniques",
                values: Self.columns(of: released).map(\.array)
            )
        ]
    }

    /// The values that write who holds unique keys.
    var takenColumns: [PostgresColumn] {
        var taken: [(key: Scoped<UniqueKey>, document: Int64)] = []
        for (key, slot) in uniques where slot.isChanged {
            if let number = holder(slot, in: key.namespace) { taken.append((key, number)) }
        }
        return Self.columns(of: taken)
    }

    /// The number of the document that holds a key.
    private func holder(_ slot: UniqueSlot, in namespace: Int64) -> Int64? {
        slot.holder.flatMap { documents[Scoped(namespace, $0)]?.number }
    }

    private static func columns(of rows: [(key: Scoped<UniqueKey>, document: Int64)]) -> [PostgresColumn] {
        [
            .bigints(rows.map { $0.key.namespace }), .texts(rows.map { $0.key.key.text }),
            .bigints(rows.map { $0.document }),
        ]
    }
}
