#if SQLite
import MarketplaceCore
import MarketplaceStorage

/// The reads of one namespace, within a snapshot.
struct SQLiteReading {
    /// The most events one read of the feed looks at; a reader whose filter passes few reads on from the position it
    /// is told.
    static let scanLimit = 20_000
    /// The most categories that are read each by itself; with more of them, most events are wanted anyway.
    static let mergedCategories = 16

    let session: SQLiteSession
    let namespace: StoreNamespace

    private var name: SQLiteValue { .text(namespace.text) }

    /// The position after which everything is still to come.
    func head() throws(SQLiteFailure) -> FeedPosition {
        try session.first(.readHead, name) { FeedPosition(minor: UInt64(bitPattern: $0.integer(0))) } ?? .start
    }

    func events(in stream: StreamID, from version: StreamVersion, limit: Int) throws(SQLiteFailure) -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        let values: [SQLiteValue] = [
            name, .text(stream.category.text), .text(stream.key.text), .integer(version.value), .integer(Int64(limit)),
        ]
        try session.each(.readStream, values) { row throws(SQLiteFailure) in
            events.append(try Self.event(row, in: stream))
            return true
        }
        return events
    }

    func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) throws(SQLiteFailure) -> FeedSlice {
        let head = try head()
        // Every position given out here has a major number of 0; one with another lies behind all of them.
        let start = position.major == 0 ? Int64(clamping: position.minor) : .max
        var events: [RecordedEvent] = []
        var (scanned, count) = (position, 0)
        var isCaughtUp = true
        let (query, values) = runs(of: filter, after: start)
        try session.merge(query, values) { row throws(SQLiteFailure) in
            guard events.count < limit, count < Self.scanLimit else {
                isCaughtUp = false
                return false
            }
            count += 1
            scanned = FeedPosition(minor: UInt64(bitPattern: row.integer(0)))
            let category = StreamCategory(unchecked: try row.text(1))
            if let categories = filter.categories, !categories.contains(category) { return true }
            if filter.names != nil {
                let name = try row.text(2)
                guard filter.matches(name: name) else { return true }
            }
            events.append(try Self.event(row, in: StreamID(category, TextKey(unchecked: try row.text(3)))))
            return true
        }
        return FeedSlice(
            events: events,
            position: isCaughtUp ? max(head, position) : scanned,
            isCaughtUp: isCaughtUp
        )
    }

    /// What has to be read in one order of positions: a run for each category, or all business events and all
    /// journals as far as they are wanted.
    private func runs(of filter: EventFilter, after start: Int64) -> (SQLiteQuery, [[SQLiteValue]]) {
        let from = [name, .integer(start)]
        guard let categories = filter.categories else { return (.readFeed, [from + [.integer(0)]]) }
        guard categories.count > Self.mergedCategories else {
            return (.readCategory, categories.map { from + [.text($0.text)] })
        }
        let kinds = Set(categories.map { $0.isJournal ? Int64(1) : 0 })
        return (.readFeed, kinds.map { from + [.integer($0)] })
    }

    func document(_ key: DocumentKey) throws(SQLiteFailure) -> StoredDocument? {
        try session.first(.readDocument, name, .text(key.collection.text), .text(key.id.text)) { row in
            StoredDocument(key: key, revision: DocumentRevision(row.integer(0)), body: row.bytes(1))
        }
    }

    func documents(matching query: DocumentQuery) throws(SQLiteFailure) -> DocumentSlice {
        var documents: [StoredDocument] = []
        var last: (value: [UInt8], id: TextKey<DocumentSubject>)?
        var hasMore = false
        let (statement, parameters) = request(for: query)
        try session.each(statement, parameters) { row throws(SQLiteFailure) in
            guard documents.count < query.limit else {
                hasMore = true
                return false
            }
            let id = TextKey<DocumentSubject>(unchecked: try row.text(0))
            documents.append(
                StoredDocument(
                    key: DocumentKey(query.collection, id),
                    revision: DocumentRevision(row.integer(1)),
                    body: row.bytes(2)
                )
            )
            last = (row.bytes(3), id)
            return true
        }
        guard hasMore, let last else { return DocumentSlice(documents: documents, next: nil) }
        let values = try SQLiteFailure.reading { () throws(BinaryFormatError) in
            try StoredIndexKey.values(of: last.value)
        }
        let cursor = DocumentCursor(values: values, id: last.id)
        return DocumentSlice(documents: documents, next: cursor)
    }

    /// The statement of a query, with one row more than a page to see whether there is another.
    private func request(for query: DocumentQuery) -> (SQLiteQuery, [SQLiteValue]) {
        let limit = SQLiteValue.integer(Int64(query.limit) + 1)
        let collection = SQLiteValue.text(query.collection.text)
        guard let index = query.index else {
            return (.readByID, [name, collection, .text(query.cursor?.id.text ?? ""), limit])
        }
        var (lower, upper) = StoredIndexKey.range(of: query)
        // Behind everything, or before everything, when there is no cursor.
        var beyond: (value: [UInt8], id: String) = query.isDescending ? (upper, "") : ([], "")
        if let cursor = query.cursor {
            beyond = (StoredIndexKey.bytes(of: cursor.values), cursor.id.text)
            if query.isDescending {
                let end = beyond.value + [0]
                if end.lexicographicallyPrecedes(upper) { upper = end }
            } else if lower.lexicographicallyPrecedes(beyond.value) {
                lower = beyond.value
            }
        }
        return (
            query.isDescending ? .readDescending : .readAscending,
            [
                name, collection, .text(index), .bytes(lower), .bytes(upper), .bytes(beyond.value), .text(beyond.id),
                limit,
            ]
        )
    }

    func counters(_ keys: [CounterKey]) throws(SQLiteFailure) -> [CounterKey: Int64] {
        var values: [CounterKey: Int64] = [:]
        values.reserveCapacity(keys.count)
        for key in keys where values[key] == nil {
            values[key] = try session.first(.readCounter, name, .text(key.text)) { $0.integer(0) } ?? 0
        }
        return values
    }

    /// The event of a row of the feed or of a stream.
    private static func event(_ row: SQLiteStatement, in stream: StreamID) throws(SQLiteFailure) -> RecordedEvent {
        let context = try SQLiteFailure.reading { () throws(BinaryFormatError) in
            try EventDraft.context(stored: row.bytes(10))
        }
        return RecordedEvent(
            stream: stream,
            version: StreamVersion(row.integer(4)),
            position: FeedPosition(minor: UInt64(bitPattern: row.integer(0))),
            time: Timestamp(microsecondsSinceEpoch: row.integer(7)),
            transaction: TransactionID(bits: try row.bits(6)),
            draft: EventDraft(
                id: EventID(bits: try row.bits(5)),
                name: try row.text(2),
                schemaVersion: Int(row.integer(8)),
                payload: row.bytes(11),
                command: row.isNull(9) ? nil : IdempotencyKey(unchecked: try row.text(9)),
                commandDigest: context.commandDigest,
                headers: context.headers
            )
        )
    }
}
#endif
