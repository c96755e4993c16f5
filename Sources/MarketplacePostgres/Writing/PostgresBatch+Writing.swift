import MarketplaceCore
import MarketplaceStorage

extension PostgresBatch {
    /// The statements that write what was decided: those that remove rows, then one that writes all others.
    ///
    /// - Parameters:
    ///   - changes: What becomes of documents.
    ///   - forecast: What the batch was decided on when that was not read. Then there is one statement: it gives the
    ///     transaction its number, writes if everything is as forecast, and answers with the turn; otherwise it writes
    ///     nothing and has no rows.
    /// - Returns: The statements, in the order in which they are run.
    func statements(of changes: DocumentChanges, if forecast: PostgresForecast? = nil) -> [PostgresStatement] {
        var writing = Writing()
        if let forecast {
            for (part, columns) in forecast.conditions { writing.add(part, columns) }
        } else {
            writing.add(.turn, [.bigints([turn])])
        }
        let (newStreams, oldStreams) = streamColumns
        writing.add(.newStreams, newStreams)
        writing.add(.streams, oldStreams)
        writing.add(.events, eventColumns)
        writing.add(.newDocuments, Self.columns(writing: changes.rows.filter { isNew($0.number) }))
        writing.add(.documents, Self.columns(writing: changes.rows.filter { !isNew($0.number) }))
        writing.add(.removedEntries, Self.columns(removing: changes.removedEntries))
        writing.add(.entries, Self.columns(adding: changes.entries))
        writing.add(.uniques, takenColumns)
        writing.add(.counters, counterColumns)
        writing.add(.fences, fenceColumns)
        writing.add(forecast == nil ? .receipts : .newReceipts, receiptColumns)
        return removals + Self.statements(of: changes) + releases + [writing.statement].compactMap(\.self)
    }

    /// Whether a stamp was given out by this batch.
    private func isNew(_ stamp: Int64) -> Bool { stamp >> Self.stampBits == turn }

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

    private var streamColumns: (new: [PostgresColumn], old: [PostgresColumn]) {
        var (new, old): ([(Scoped<StreamID>, Int64, StreamVersion)], [(Int64, StreamVersion)]) = ([], [])
        for (key, slot) in streams where slot.isChanged {
            guard let id = slot.id else { continue }
            if isNew(id) { new.append((key, id, slot.version)) } else { old.append((id, slot.version)) }
        }
        return (
            new: [
                .bigints(new.map { $0.1 }), .bigints(new.map { $0.0.namespace }),
                .texts(new.map { $0.0.key.category.text }), .texts(new.map { $0.0.key.key.text }),
                .bigints(new.map { $0.2.value }),
            ],
            old: [.bigints(old.map { $0.0 }), .bigints(old.map { $0.1.value })]
        )
    }

    private var eventColumns: [PostgresColumn] {
        [
            .bigints(events.map { $0.namespace }), .bigints(events.map { $0.isJournal ? 1 : 0 }),
            .bigints(events.map { $0.number }), .bigints(events.map { $0.stream }),
            .bigints(events.map { $0.version.value }), .uuids(events.map { $0.draft.id.bits }),
            .uuids(events.map { $0.transaction.id.bits }),
            .bigints(events.map { $0.transaction.time.microsecondsSinceEpoch }),
            .texts(events.map { $0.draft.name }), .bigints(events.map { Int64($0.draft.schemaVersion) }),
            .texts(events.map { $0.draft.command?.text }), .bytes(events.map { $0.draft.storedContext }),
            .bytes(events.map { $0.draft.payload }),
        ]
    }

    private var counterColumns: [PostgresColumn] {
        let kept = counters.compactMap { key, slot in
            slot.isChanged ? slot.value.map { (key: key, value: $0) } : nil
        }
        return [
            .bigints(kept.map { $0.key.namespace }), .texts(kept.map { $0.key.key.text }),
            .bigints(kept.map { $0.value }),
        ]
    }

    private var fenceColumns: [PostgresColumn] {
        let changed = fences.filter { $0.value.isChanged }
        return [
            .bigints(changed.map { $0.key.namespace }), .texts(changed.map { $0.key.key.text }),
            .bigints(changed.map { Int64(bitPattern: $0.value.value?.value ?? 0) }),
        ]
    }

    private var receiptColumns: [PostgresColumn] {
        let changed = receipts.filter { $0.value.isChanged }
        return [
            .bigints(changed.map { $0.key.namespace }), .uuids(changed.map { $0.key.key.bits }),
            .uuids(changed.map { $0.value.digest }), .bytes(changed.map { $0.value.stored }),
            .bigints(changed.map { $0.value.due }),
        ]
    }

    /// How many receipts the batch adds.
    var receiptCount: Int { receipts.values.count(where: \.isChanged) }
}
