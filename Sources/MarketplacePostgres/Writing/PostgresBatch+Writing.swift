import MarketplaceCore
import MarketplaceStorage

extension PostgresBatch {
    /// The channel on which new events are told of; the payload is the name of the namespace.
    static let channel = "marketplace_feed"

    /// The statements that write what was decided: one for each table, however many rows there are.
    func statements() throws(PostgresFailure) -> [PostgresStatement] {
        var statements = streamStatements
        if !events.isEmpty { statements.append(insertEvents) }
        statements += try documentStatements()
        statements += counterStatements
        let fences = fences.filter(\.value.isChanged)
        if !fences.isEmpty {
            let tokens = fences.values.map { Int64(bitPattern: $0.value?.value ?? 0) }
            statements.append(
                PostgresStatement(
                    """
                    insert into marketplace_fence (namespace, key, token) select * from unnest($1::bigint[], \
                    $2::text[], $3::bigint[]) on conflict (namespace, key) do update set token = excluded.token
                    """,
                    name: "marketplace_write_fences",
                    values: [
                        .bigints(fences.keys.map(\.namespace)), .texts(fences.keys.map(\.key.text)), .bigints(tokens),
                    ]
                )
            )
        }
        if let insertReceipts { statements.append(insertReceipts) }
        if !changedNamespaces.isEmpty {
            statements.append(
                PostgresStatement(
                    "select count(pg_notify('\(Self.channel)', name)::text) from unnest($1::text[]) as name",
                    name: "marketplace_notify",
                    values: [.texts(changedNamespaces.map(\.text))]
                )
            )
        }
        return statements
    }

    private var streamStatements: [PostgresStatement] {
        var statements: [PostgresStatement] = []
        if !removedStreams.isEmpty {
            let streams = [PostgresValue.bigints(removedStreams)]
            statements += [
                PostgresStatement(
                    "delete from marketplace_event where stream = any($1::bigint[])",
                    name: "marketplace_remove_events",
                    values: streams
                ),
                PostgresStatement(
                    "delete from marketplace_stream where id = any($1::bigint[])",
                    name: "marketplace_remove_streams",
                    values: streams
                ),
            ]
        }
        if !trims.isEmpty {
            statements.append(
                PostgresStatement(
                    """
                    delete from marketplace_event e using unnest($1::bigint[], $2::bigint[]) as k(stream, version) \
                    where e.stream = k.stream and e.version < k.version
                    """,
                    name: "marketplace_trim_streams",
                    values: [.bigints(trims.keys), .bigints(trims.values.map(\.value))]
                )
            )
        }
        let changed = streams.filter { $0.value.isChanged && $0.value.id != nil }
        if !changed.isEmpty {
            statements.append(
                PostgresStatement(
                    """
                    insert into marketplace_stream (id, namespace, category, key, version) select * from \
                    unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[]) on conflict (id) do \
                    update set version = excluded.version
                    """,
                    name: "marketplace_write_streams",
                    values: [
                        .bigints(changed.values.map { $0.id ?? PostgresRegistry.Known.none }),
                        .bigints(changed.keys.map(\.namespace)), .texts(changed.keys.map(\.key.category.text)),
                        .texts(changed.keys.map(\.key.key.text)), .bigints(changed.values.map(\.version.value)),
                    ]
                )
            )
        }
        return statements
    }

    private var insertEvents: PostgresStatement {
        PostgresStatement(
            """
            insert into marketplace_event (turn, namespace, is_journal, number, stream, version, id, transaction_id, \
            time, name, schema_version, command, headers, payload) select $1, namespace, is_journal <> 0, number, \
            stream, version, id, transaction_id, time, name, schema_version, command, headers, payload from \
            unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::uuid[], $8::uuid[], \
            $9::bigint[], $10::text[], $11::bigint[], $12::text[], $13::bytea[], $14::bytea[]) as k(namespace, \
            is_journal, number, stream, version, id, transaction_id, time, name, schema_version, command, headers, \
            payload)
            """,
            name: "marketplace_write_events",
            values: [
                .bigint(turn), .bigints(events.map(\.namespace)), .bigints(events.map { $0.isJournal ? 1 : 0 }),
                .bigints(events.map(\.number)), .bigints(events.map(\.stream)),
                .bigints(events.map(\.version.value)), .uuids(events.map(\.draft.id.bits)),
                .uuids(events.map(\.transaction.id.bits)),
                .bigints(events.map(\.transaction.time.microsecondsSinceEpoch)), .texts(events.map(\.draft.name)),
                .bigints(events.map { Int64($0.draft.schemaVersion) }), .texts(events.map(\.draft.command?.text)),
                .bytesList(events.map(\.draft.headers.stored)), .bytesList(events.map(\.draft.payload)),
            ]
        )
    }

    private var counterStatements: [PostgresStatement] {
        var statements: [PostgresStatement] = []
        var (kept, removed): ([(Scoped<CounterKey>, Int64)], [Scoped<CounterKey>]) = ([], [])
        for (key, slot) in counters where slot.isChanged {
            if let value = slot.value { kept.append((key, value)) } else { removed.append(key) }
        }
        if !removed.isEmpty {
            statements.append(
                PostgresStatement(
                    """
                    delete from marketplace_counter c using unnest($1::bigint[], $2::text[]) as k(namespace, key) \
                    where c.namespace = k.namespace and c.key = k.key
                    """,
                    name: "marketplace_remove_counters",
                    values: [.bigints(removed.map(\.namespace)), .texts(removed.map(\.key.text))]
                )
            )
        }
        if !kept.isEmpty {
            statements.append(
                PostgresStatement(
                    """
                    insert into marketplace_counter (namespace, key, value) select * from unnest($1::bigint[], \
                    $2::text[], $3::bigint[]) on conflict (namespace, key) do update set value = excluded.value
                    """,
                    name: "marketplace_write_counters",
                    values: [
                        .bigints(kept.map(\.0.namespace)), .texts(kept.map(\.0.key.text)), .bigints(kept.map(\.1)),
                    ]
                )
            )
        }
        return statements
    }

    private var insertReceipts: PostgresStatement? {
        let changed = receipts.filter(\.value.isChanged)
        guard !changed.isEmpty else { return nil }
        return PostgresStatement(
            """
            insert into marketplace_receipt (namespace, id, digest, receipt, due) select * from unnest($1::bigint[], \
            $2::uuid[], $3::uuid[], $4::bytea[], $5::bigint[]) on conflict (namespace, id) do update set digest = \
            excluded.digest, receipt = excluded.receipt, due = excluded.due
            """,
            name: "marketplace_write_receipts",
            values: [
                .bigints(changed.keys.map(\.namespace)), .uuids(changed.keys.map(\.key.bits)),
                .uuids(changed.values.map(\.digest)), .bytesList(changed.values.map(\.receipt.stored)),
                .bigints(changed.values.map(\.due)),
            ]
        )
    }

    /// How many receipts the batch adds.
    var receiptCount: Int { receipts.values.count(where: \.isChanged) }
}
