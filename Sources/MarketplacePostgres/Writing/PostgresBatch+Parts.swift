import MarketplaceStorage

extension PostgresBatch {
    /// What the statement consists of that writes: in which turn, on what condition, and each kind of rows.
    enum Part: Int, CaseIterable {
        case turn
        case noReceipts
        case streamsAsExpected
        case documentsAsExpected
        case countersAsExpected
        case newStreams
        case streams
        case events
        case newDocuments
        case documents
        case removedEntries
        case entries
        case uniques
        case counters
        case fences
        case newReceipts
        case receipts

        /// Its place among the parts of the statement, of which there are two of each kind: for many rows and for one.
        fileprivate func place(isSingle: Bool) -> Int { 2 * rawValue + (isSingle ? 1 : 0) }
    }

    /// The one statement that writes, of those parts for which there is something to be done.
    struct Writing {
        private var parts: [PostgresComposite.Part] = []

        /// Adds a part, unless there are no rows.
        mutating func add(_ part: Part, _ columns: [PostgresColumn]) {
            guard let count = columns.first?.count, count > 0 else { return }
            let isSingle = count == 1
            parts.append((part.place(isSingle: isSingle), columns.map { isSingle ? $0.single : $0.array }))
        }

        /// The statement; nil when nothing was added.
        var statement: PostgresStatement? { PostgresBatch.writing.statement(parts) }
    }

    /// No row is written by two parts, so it does not matter that none sees what the others write.
    fileprivate static let writing = PostgresComposite(
        "marketplace_write",
        Part.allCases.flatMap { [text($0, isSingle: false), text($0, isSingle: true)] }
    ) { texts in
        var (turn, conditions, writes) = ("", [String](), [String]())
        for (place, sql) in texts {
            switch Part(rawValue: place / 2) {
            case .turn: turn = sql
            case .noReceipts, .streamsAsExpected, .documentsAsExpected, .countersAsExpected: conditions.append(sql)
            default: writes.append("part\(place) as (\(sql))")
            }
        }
        if turn.isEmpty { turn = ownTurn(if: conditions) }
        return "with \((["t as materialized (\(turn))"] + writes).joined(separator: ", ")) select turn from t"
    }

    /// The number of the transaction, which is given to it only if the conditions are met.
    private static func ownTurn(if conditions: [String]) -> String {
        let all = ["f.is_only", PostgresLoad.isOurCluster, PostgresUnbegunTransactions.isAsNeeded] + conditions
        return """
            select turn from (select pg_current_xact_id()::text::bigint + f.turn_offset as turn from marketplace_feed f \
            where \(all.joined(separator: " and ")) offset 0) as own where turn between 1 and \(PostgresLoad.mostTurn)
            """
    }

    /// A stamp, which says only what it is within the turn when the turn was not known yet.
    private static func stamp(_ column: String) -> String {
        "case when \(column) >= \(1 << stampBits) then \(column) else t.turn << \(stampBits) | \(column) end"
    }

    /// Rows named k of the values that a part is given.
    static func rows(_ columns: KeyValuePairs<String, String>, isSingle: Bool) -> String {
        let names = columns.map { $0.key }.joined(separator: ", ")
        let values = columns.enumerated().map { place, column in
            isSingle ? "$\(place + 1)::\(column.value) as \(column.key)" : "$\(place + 1)::\(column.value)[]"
        }.joined(separator: ", ")
        return isSingle ? "(select \(values)) as k" : "unnest(\(values)) as k(\(names))"
    }

    private static func text(_ part: Part, isSingle: Bool) -> String {
        func rows(_ columns: KeyValuePairs<String, String>) -> String { Self.rows(columns, isSingle: isSingle) }
        let documents = rows([
            "number": "bigint", "namespace": "bigint", "collection": "text", "id": "text", "revision": "bigint",
            "body": "bytea", "entries": "bytea", "unique_keys": "bytea",
        ])
        let receipts = """
            insert into marketplace_receipt (namespace, id, digest, receipt, due) select namespace, id, digest, case \
            get_byte(receipt, 0) when \(ReceiptSlot.relativeForm) then receipt || int8send(t.turn) else receipt end, due \
            from t cross join \(rows([
                "namespace": "bigint", "id": "uuid", "digest": "uuid", "receipt": "bytea", "due": "bigint",
            ]))
            """
        switch part {
        case .turn: return "select $1::bigint as turn"
        case .noReceipts, .streamsAsExpected, .documentsAsExpected, .countersAsExpected:
            return PostgresForecast.text(part, isSingle: isSingle)
        case .newStreams:
            return """
                insert into marketplace_stream (id, namespace, category, key, version) select \(stamp("k.id")), \
                namespace, category, key, version from t cross join \(rows([
                    "id": "bigint", "namespace": "bigint", "category": "text", "key": "text", "version": "bigint",
                ]))
                """
        case .streams:
            return """
                update marketplace_stream s set version = k.version from t cross join \(rows([
                    "id": "bigint", "version": "bigint",
                ])) where s.id = k.id
                """
        case .events:
            return """
                insert into marketplace_event (turn, namespace, is_journal, number, stream, version, id, \
                transaction_id, time, name, schema_version, command, headers, payload) select t.turn, namespace, \
                is_journal <> 0, number, \(stamp("k.stream")), version, id, transaction_id, time, name, \
                schema_version, command, headers, payload from t cross join \(rows([
                    "namespace": "bigint", "is_journal": "bigint", "number": "bigint", "stream": "bigint",
                    "version": "bigint", "id": "uuid", "transaction_id": "uuid", "time": "bigint", "name": "text",
                    "schema_version": "bigint", "command": "text", "headers": "bytea", "payload": "bytea",
                ]))
                """
        case .newDocuments:
            return """
                insert into marketplace_document (number, namespace, collection, id, revision, body, entries, \
                unique_keys) select \(stamp("k.number")), namespace, collection, id, \(stamp("k.revision")), body, \
                entries, unique_keys from t cross join \(documents)
                """
        case .documents:
            return """
                update marketplace_document d set revision = \(stamp("k.revision")), body = k.body, entries = \
                k.entries, unique_keys = k.unique_keys from t cross join \(documents) where d.number = k.number
                """
        case .removedEntries:
            return """
                delete from marketplace_entry e using t cross join \(rows([
                    "index": "bigint", "value": "bytea", "id": "text",
                ])) where e.index = k.index and e.value = k.value and e.id = k.id
                """
        case .entries:
            return """
                insert into marketplace_entry (index, value, id, document) select index, value, id, \
                \(stamp("k.document")) from t cross join \(rows([
                    "index": "bigint", "value": "bytea", "id": "text", "document": "bigint",
                ]))
                """
        case .uniques:
            return """
                insert into marketplace_unique (namespace, key, document) select namespace, key, \
                \(stamp("k.document")) from t cross join \(rows([
                    "namespace": "bigint", "key": "text", "document": "bigint",
                ])) on conflict (namespace, key) do update set document = excluded.document
                """
        case .counters:
            return """
                insert into marketplace_counter (namespace, key, value) select k.* from t cross join \(rows([
                    "namespace": "bigint", "key": "text", "value": "bigint",
                ])) on conflict (namespace, key) do update set value = excluded.value
                """
        case .fences:
            return """
                insert into marketplace_fence (namespace, key, token) select k.* from t cross join \(rows([
                    "namespace": "bigint", "key": "text", "token": "bigint",
                ])) on conflict (namespace, key) do update set token = excluded.token
                """
        case .newReceipts: return receipts
        case .receipts:
            return """
                \(receipts) on conflict (namespace, id) do update set digest = excluded.digest, receipt = \
                excluded.receipt, due = excluded.due
                """
        }
    }
}
