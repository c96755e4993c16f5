import MarketplaceCore
import MarketplaceStorage

extension PostgresBatch {
    /// What becomes of the documents' rows and of all they are found by.
    private struct DocumentChanges {
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
    }

    /// The statements for documents, their index entries and their unique keys.
    func documentStatements() throws(PostgresFailure) -> [PostgresStatement] {
        var changes = DocumentChanges()
        for (key, slot) in documents where slot.isChanged { try gather(slot, of: key, into: &changes) }
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
        if !changes.rows.isEmpty { statements.append(Self.write(changes.rows)) }
        statements += Self.statements(removing: changes.removedEntries)
        statements += Self.statements(adding: changes.entries)
        return statements + uniqueStatements
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

    private static func write(_ rows: [DocumentChanges.Row]) -> PostgresStatement {
        PostgresStatement(
            """
            insert into marketplace_document (number, namespace, collection, id, revision, body, entries, unique_keys) \
            select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bytea[], \
            $7::bytea[], $8::bytea[]) on conflict (number) do update set revision = excluded.revision, body = \
            excluded.body, entries = excluded.entries, unique_keys = excluded.unique_keys
            """,
            name: "marketplace_write_documents",
            values: [
                .bigints(rows.map(\.number)), .bigints(rows.map(\.namespace)),
                .texts(rows.map(\.write.key.collection.text)), .texts(rows.map(\.write.key.id.text)),
                .bigints(rows.map(\.revision.value)), .bytesList(rows.map(\.write.body)),
                .bytesList(rows.map(\.entries)),
                .bytesList(rows.map { StoredDocumentKeys.bytes(of: $0.write.uniqueKeys) }),
            ]
        )
    }

    private static func statements(removing rows: [DocumentChanges.EntryRow]) -> [PostgresStatement] {
        var statements: [PostgresStatement] = []
        let short = rows.filter { !PostgresIndexValue.isLong($0.entry.value) }
        if !short.isEmpty {
            statements.append(
                PostgresStatement(
                    """
                    delete from marketplace_entry e using unnest($1::bigint[], $2::bytea[], $3::text[]) as k(index, \
                    value, id) where e.index = k.index and e.value = k.value and e.id = k.id
                    """,
                    name: "marketplace_remove_entries",
                    values: [
                        .bigints(short.map(\.entry.index)), .bytesList(short.map(\.entry.value)),
                        .texts(short.map(\.id)),
                    ]
                )
            )
        }
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

    private static func statements(adding rows: [DocumentChanges.EntryRow]) -> [PostgresStatement] {
        var statements: [PostgresStatement] = []
        let short = rows.filter { !PostgresIndexValue.isLong($0.entry.value) }
        if !short.isEmpty {
            statements.append(
                PostgresStatement(
                    """
                    insert into marketplace_entry (index, value, id, document) select * from unnest($1::bigint[], \
                    $2::bytea[], $3::text[], $4::bigint[])
                    """,
                    name: "marketplace_write_entries",
                    values: [
                        .bigints(short.map(\.entry.index)), .bytesList(short.map(\.entry.value)),
                        .texts(short.map(\.id)), .bigints(short.map(\.document)),
                    ]
                )
            )
        }
        let long = rows.filter { PostgresIndexValue.isLong($0.entry.value) }
        if !long.isEmpty {
            statements.append(
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
            )
        }
        return statements
    }

    /// Keys are given up before they are taken, each by the document that held it.
    private var uniqueStatements: [PostgresStatement] {
        var statements: [PostgresStatement] = []
        var released: [(key: Scoped<UniqueKey>, document: Int64)] = []
        var taken: [(key: Scoped<UniqueKey>, document: Int64)] = []
        for (key, slot) in uniques where slot.isChanged {
            if let holder = slot.holder, let number = documents[Scoped(key.namespace, holder)]?.number {
                taken.append((key, number))
            } else if let number = slot.releasedBy {
                released.append((key, number))
            }
        }
        for (rows, sql, name) in [
            (
                released,
                """
                delete from marketplace_unique u using unnest($1::bigint[], $2::text[], $3::bigint[]) as k(namespace, \
                key, document) where u.namespace = k.namespace and u.key = k.key and u.document = k.document
                """, "marketplace_remove_uniques"
            ),
            (
                taken,
                """
                insert into marketplace_unique (namespace, key, document) select * from unnest($1::bigint[], \
                $2::text[], $3::bigint[]) on conflict (namespace, key) do update set document = excluded.document
                """, "marketplace_write_uniques"
            ),
        ] where !rows.isEmpty {
            statements.append(
                PostgresStatement(
                    sql,
                    name: name,
                    values: [
                        .bigints(rows.map(\.key.namespace)), .texts(rows.map(\.key.key.text)),
                        .bigints(rows.map(\.document)),
                    ]
                )
            )
        }
        return statements
    }
}
