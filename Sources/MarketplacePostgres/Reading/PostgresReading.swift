import MarketplaceCore
import MarketplaceStorage

/// The reads of one namespace: the statements, and what their rows say.
struct PostgresReading {
    /// The most events one read of the feed looks at; a reader whose filter passes few reads on from the position it
    /// is told.
    static let scanLimit = 20_000

    /// The number of the namespace of that name; a subquery, so that one that is not there yet has no rows.
    static let own = "(select id from marketplace_namespace where name = $1)"

    let namespace: StoreNamespace

    private var name: PostgresValue { .text(namespace.text) }

    func document(_ key: DocumentKey) -> PostgresStatement {
        PostgresStatement(
            """
            select revision, body from marketplace_document where namespace = \(Self.own) and collection = $2 and \
            id = $3
            """,
            name: "marketplace_document",
            values: [name, .text(key.collection.text), .text(key.id.text)]
        )
    }

    func document(_ key: DocumentKey, in rows: PostgresRows) throws(PostgresFailure) -> StoredDocument? {
        guard rows.count > 0 else { return nil }
        return StoredDocument(
            key: key,
            revision: DocumentRevision(try rows.integer(0, of: 0)),
            body: try rows.bytes(1, of: 0)
        )
    }

    func counters(_ keys: [CounterKey]) -> PostgresStatement {
        PostgresStatement(
            "select key, value from marketplace_counter where namespace = \(Self.own) and key = any($2::text[])",
            name: "marketplace_counters",
            values: [name, .texts(keys.map(\.text))]
        )
    }

    func counters(_ keys: [CounterKey], in rows: PostgresRows) throws(PostgresFailure) -> [CounterKey: Int64] {
        var values = Dictionary(keys.map { ($0, Int64(0)) }) { first, _ in first }
        for row in 0..<rows.count {
            values[TextKey(unchecked: try rows.text(0, of: row))] = try rows.integer(1, of: row)
        }
        return values
    }

    func events(in stream: StreamID, from version: StreamVersion, limit: Int) -> PostgresStatement {
        PostgresStatement(
            """
            select \(Self.ownColumns) from marketplace_stream s join marketplace_event e on e.stream = s.id where \
            s.namespace = \(Self.own) and s.category = $2 and s.key = $3 and e.version >= $4 order by e.version \
            limit $5
            """,
            name: "marketplace_stream",
            values: [
                name, .text(stream.category.text), .text(stream.key.text), .bigint(version.value),
                .bigint(Int64(limit)),
            ]
        )
    }

    /// The events that rows have, of one stream or, when it is nil, of those that the rows name.
    func events(in rows: PostgresRows, of stream: StreamID? = nil) throws(PostgresFailure) -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        events.reserveCapacity(rows.count)
        for row in 0..<rows.count {
            let found = if let stream { stream } else { try Self.stream(row, in: rows) }
            events.append(try Self.event(row, in: rows, of: found))
        }
        return events
    }

    private static func stream(_ row: Int, in rows: PostgresRows) throws(PostgresFailure) -> StreamID {
        StreamID(TextKey(unchecked: try rows.text(11, of: row)), TextKey(unchecked: try rows.text(12, of: row)))
    }

    /// The columns of an event, in the order in which they are read.
    static let eventColumns = "\(ownColumns), s.category, s.key"
    /// The same without those of its stream.
    private static let ownColumns =
        """
        e.turn, e.number, e.version, e.id, e.transaction_id, e.time, e.name, e.schema_version, e.command, e.headers, \
        e.payload
        """

    private static func event(
        _ row: Int,
        in rows: PostgresRows,
        of stream: StreamID
    ) throws(PostgresFailure) -> RecordedEvent {
        let bytes = try rows.bytes(9, of: row)
        let context = try PostgresFailure.reading { () throws(BinaryFormatError) in
            try EventDraft.context(stored: bytes)
        }
        return RecordedEvent(
            stream: stream,
            version: StreamVersion(try rows.integer(2, of: row)),
            position: FeedPosition(
                major: UInt64(clamping: try rows.integer(0, of: row)),
                minor: UInt64(clamping: try rows.integer(1, of: row))
            ),
            time: Timestamp(microsecondsSinceEpoch: try rows.integer(5, of: row)),
            transaction: TransactionID(bits: try rows.bits(4, of: row)),
            draft: EventDraft(
                id: EventID(bits: try rows.bits(3, of: row)),
                name: try rows.text(6, of: row),
                schemaVersion: Int(clamping: try rows.integer(7, of: row)),
                payload: try rows.bytes(10, of: row),
                command: try rows.textIfAny(8, of: row).map { IdempotencyKey(unchecked: $0) },
                commandDigest: context.commandDigest,
                headers: context.headers
            )
        )
    }
}
