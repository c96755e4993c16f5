import MarketplaceCore
import MarketplaceStorage

extension PostgresBatch {
    /// The channel on which new events are told of; the payload is the name of the namespace.
    static let channel = "marketplace_feed"

    /// What the statement consists of that writes: in which turn, on what condition, and each kind of rows.
    enum Part: Int, CaseIterable {
        case turn
        case noReceipts
        case streamsAsExpected
        case documentsAsExpected
        case countersAsExpected
        case streams
        case events
        case documents
        case removedEntries
        case entries
        case uniques
        case counters
        case fences
        case receipts
        case notifications
    }

    /// The statements that write what was decided: those that remove rows, then one that writes all others.
    ///
    /// - Parameters:
    ///   - changes: What becomes of documents.
    ///   - forecast: What the batch was decided on when that was not read. Then there is one statement: it gives the
    ///     transaction its number, writes if everything is as forecast, and answers with the turn; otherwise it writes
    ///     nothing and has no rows.
    func statements(of changes: DocumentChanges, if forecast: PostgresForecast? = nil) -> [PostgresStatement] {
        var parts: [PostgresComposite.Part] = []
        func add(_ part: Part, _ values: [PostgresValue]?) {
            if let values { parts.append((part.rawValue, values)) }
        }
        if let forecast {
            for (part, values) in forecast.conditions { add(part, values) }
        } else {
            add(.turn, [.bigint(turn)])
        }
        add(.streams, streamValues)
        add(.events, eventValues)
        add(.documents, Self.values(writing: changes.rows))
        add(.removedEntries, Self.values(removing: changes.removedEntries))
        add(.entries, Self.values(adding: changes.entries))
        add(.uniques, takenValues)
        add(.counters, counterValues)
        add(.fences, fenceValues)
        add(.receipts, receiptValues)
        add(.notifications, changedNamespaces.isEmpty ? nil : [.texts(changedNamespaces.map(\.text))])
        return removals + Self.statements(of: changes) + releases + [Self.writing.statement(parts)].compactMap(\.self)
    }

    /// No row is written by two parts, so it does not matter that none sees what the others write.
    private static let writing = PostgresComposite("marketplace_write", Part.allCases.map(text)) { texts in
        var (turn, conditions, writes, last) = ("", [String](), [String](), "select turn from t")
        for (place, sql) in texts {
            switch Part(rawValue: place) {
            case .turn: turn = sql
            case .noReceipts, .streamsAsExpected, .documentsAsExpected, .countersAsExpected:
                conditions.append("(\(sql)) = 0")
            case .notifications: last = "select turn, (\(sql)) from t"
            default: writes.append("part\(place) as (\(sql))")
            }
        }
        if turn.isEmpty { turn = ownTurn(if: conditions) }
        return "with \((["t as materialized (\(turn))"] + writes).joined(separator: ", ")) \(last)"
    }

    /// The number of the transaction, which is given to it only if the conditions are met.
    private static func ownTurn(if conditions: [String]) -> String {
        """
        select turn from (select pg_current_xact_id()::text::bigint + f.turn_offset as turn from marketplace_feed f where \
        \((["f.is_only", PostgresLoad.isOurCluster] + conditions).joined(separator: " and ")) offset 0) as own where \
        turn between 1 and \(PostgresLoad.mostTurn)
        """
    }

    /// A stamp, which says only what it is within the turn when the turn was not known yet.
    private static func stamp(_ column: String) -> String {
        "case when \(column) >= \(1 << stampBits) then \(column) else t.turn << \(stampBits) | \(column) end"
    }

    private static func text(_ part: Part) -> String {
        switch part {
        case .turn: "select $1::bigint as turn"
        case .noReceipts: PostgresForecast.noReceipts
        case .streamsAsExpected: PostgresForecast.streamsAsExpected
        case .documentsAsExpected: PostgresForecast.documentsAsExpected
        case .countersAsExpected: PostgresForecast.countersAsExpected
        case .streams:
            """
            insert into marketplace_stream (id, namespace, category, key, version) select \(stamp("k.id")), namespace, \
            category, key, version from t cross join unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], \
            $5::bigint[]) as k(id, namespace, category, key, version) on conflict (id) do update set version = \
            excluded.version
            """
        case .events:
            """
            insert into marketplace_event (turn, namespace, is_journal, number, stream, version, id, transaction_id, \
            time, name, schema_version, command, headers, payload) select t.turn, namespace, is_journal <> 0, \
            number, \(stamp("k.stream")), version, id, transaction_id, time, name, schema_version, command, headers, \
            payload from t cross join unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], \
            $6::uuid[], $7::uuid[], $8::bigint[], $9::text[], $10::bigint[], $11::text[], $12::bytea[], $13::bytea[]) \
            as k(namespace, is_journal, number, stream, version, id, transaction_id, time, name, schema_version, \
            command, headers, payload)
            """
        case .documents:
            """
            insert into marketplace_document (number, namespace, collection, id, revision, body, entries, unique_keys) \
            select \(stamp("k.number")), namespace, collection, id, \(stamp("k.revision")), body, entries, unique_keys \
            from t cross join unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bytea[], \
            $7::bytea[], $8::bytea[]) as k(number, namespace, collection, id, revision, body, entries, unique_keys) on \
            conflict (number) do update set revision = excluded.revision, body = excluded.body, entries = \
            excluded.entries, unique_keys = excluded.unique_keys
            """
        case .removedEntries:
            """
            delete from marketplace_entry e using t cross join unnest($1::bigint[], $2::bytea[], $3::text[]) as \
            k(index, value, id) where e.index = k.index and e.value = k.value and e.id = k.id
            """
        case .entries:
            """
            insert into marketplace_entry (index, value, id, document) select index, value, id, \(stamp("k.document")) \
            from t cross join unnest($1::bigint[], $2::bytea[], $3::text[], $4::bigint[]) as k(index, value, id, document)
            """
        case .uniques:
            """
            insert into marketplace_unique (namespace, key, document) select namespace, key, \(stamp("k.document")) from \
            t cross join unnest($1::bigint[], $2::text[], $3::bigint[]) as k(namespace, key, document) on conflict \
            (namespace, key) do update set document = excluded.document
            """
        case .counters:
            """
            insert into marketplace_counter (namespace, key, value) select k.* from t cross join unnest($1::bigint[], \
            $2::text[], $3::bigint[]) as k(namespace, key, value) on conflict (namespace, key) do update set value = \
            excluded.value
            """
        case .fences:
            """
            insert into marketplace_fence (namespace, key, token) select k.* from t cross join unnest($1::bigint[], \
            $2::text[], $3::bigint[]) as k(namespace, key, token) on conflict (namespace, key) do update set token = \
            excluded.token
            """
        case .receipts:
            """
            insert into marketplace_receipt (namespace, id, digest, receipt, due) select namespace, id, digest, case \
            get_byte(receipt, 0) when \(ReceiptSlot.relativeForm) then receipt || int8send(t.turn) else receipt end, due \
            from t cross join unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::bytea[], $5::bigint[]) as k(namespace, \
            id, digest, receipt, due) on conflict (namespace, id) do update set digest = excluded.digest, receipt = \
            excluded.receipt, due = excluded.due
            """
        case .notifications:
            "select count(pg_notify('\(channel)', name)::text) from unnest($1::text[]) as name"
        }
    }

    /// Removes events of streams, streams and counters.
    private var removals: [PostgresStatement] {
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
        let removed = counters.filter { $0.value.isChanged && $0.value.value == nil }.keys
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
        return statements
    }

    private var streamValues: [PostgresValue]? {
        let changed = streams.filter { $0.value.isChanged && $0.value.id != nil }
        guard !changed.isEmpty else { return nil }
        return [
            .bigints(changed.values.map { $0.id ?? PostgresRegistry.Known.none }),
            .bigints(changed.keys.map(\.namespace)), .texts(changed.keys.map(\.key.category.text)),
            .texts(changed.keys.map(\.key.key.text)), .bigints(changed.values.map(\.version.value)),
        ]
    }

    private var eventValues: [PostgresValue]? {
        guard !events.isEmpty else { return nil }
        return [
            .bigints(events.map(\.namespace)), .bigints(events.map { $0.isJournal ? 1 : 0 }),
            .bigints(events.map(\.number)), .bigints(events.map(\.stream)),
            .bigints(events.map(\.version.value)), .uuids(events.map(\.draft.id.bits)),
            .uuids(events.map(\.transaction.id.bits)),
            .bigints(events.map(\.transaction.time.microsecondsSinceEpoch)), .texts(events.map(\.draft.name)),
            .bigints(events.map { Int64($0.draft.schemaVersion) }), .texts(events.map(\.draft.command?.text)),
            .bytesList(events.map(\.draft.headers.stored)), .bytesList(events.map(\.draft.payload)),
        ]
    }

    private var counterValues: [PostgresValue]? {
        let kept = counters.compactMap { key, slot in
            slot.isChanged ? slot.value.map { (key: key, value: $0) } : nil
        }
        guard !kept.isEmpty else { return nil }
        return [.bigints(kept.map(\.key.namespace)), .texts(kept.map(\.key.key.text)), .bigints(kept.map(\.value))]
    }

    private var fenceValues: [PostgresValue]? {
        let changed = fences.filter(\.value.isChanged)
        guard !changed.isEmpty else { return nil }
        let tokens = changed.values.map { Int64(bitPattern: $0.value?.value ?? 0) }
        return [.bigints(changed.keys.map(\.namespace)), .texts(changed.keys.map(\.key.text)), .bigints(tokens)]
    }

    private var receiptValues: [PostgresValue]? {
        let changed = receipts.filter(\.value.isChanged)
        guard !changed.isEmpty else { return nil }
        return [
            .bigints(changed.keys.map(\.namespace)), .uuids(changed.keys.map(\.key.bits)),
            .uuids(changed.values.map(\.digest)), .bytesList(changed.values.map(\.stored)),
            .bigints(changed.values.map(\.due)),
        ]
    }

    /// How many receipts the batch adds.
    var receiptCount: Int { receipts.values.count(where: \.isChanged) }
}
