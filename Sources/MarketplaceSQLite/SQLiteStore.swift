#if SQLite
public import MarketplaceCore
public import MarketplaceStorage

/// A durable store in a file of SQLite, bound to one namespace.
///
/// What was acknowledged survives the end of the process and, unless the configuration says otherwise, the loss of
/// power. Commits of tasks that arrive together share one transaction and one sync; each gets its own outcome.
public struct SQLiteStore: Store {
    /// How often a reader who waits looks for the commits of other processes, which nobody tells of.
    public static let lookInterval = Duration.milliseconds(250)

    private let database: SQLiteDatabase
    private let name: StoreNamespace

    init(database: SQLiteDatabase, namespace: StoreNamespace) {
        self.database = database
        name = namespace
    }

    /// Applies the whole transaction or none of it; see ``Store/commit(_:)``.
    public func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        let request = try GroupCommitRequest(transaction, in: name, now: database.wallClock.now)
        return try await database.queue.write(parts: transaction.partCount) { batch throws(SQLiteFailure) in
            try batch.commit(request)
        }.get()
    }

    /// The events of one stream from `version` on, in order.
    public func events(
        in stream: StreamID,
        from version: StreamVersion,
        limit: Int
    ) async throws(StoreError) -> [RecordedEvent] {
        try StoreLimits.validate(limit: limit)
        let name = name
        return try await database.pool.read { session throws(SQLiteFailure) in
            try SQLiteReading(session: session, namespace: name).events(in: stream, from: version, limit: limit)
        }
    }

    /// The events of all streams after `position`, in feed order.
    public func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        try StoreLimits.validate(limit: limit)
        let name = name
        return try await database.pool.read { session throws(SQLiteFailure) in
            try SQLiteReading(session: session, namespace: name)
                .events(after: position, matching: filter, limit: limit)
        }
    }

    /// The document of that key, or nil.
    public func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        let name = name
        return try await database.pool.read { session throws(SQLiteFailure) in
            try SQLiteReading(session: session, namespace: name).document(key)
        }
    }

    /// One page of the documents that match, in the order of the query.
    public func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try StoreLimits.validate(limit: query.limit)
        let name = name
        return try await database.pool.read { session throws(SQLiteFailure) in
            try SQLiteReading(session: session, namespace: name).documents(matching: query)
        }
    }

    /// The values of counters; one that was never added to is 0.
    public func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try StoreLimits.validate(limit: max(1, keys.count))
        let name = name
        return try await database.pool.read { session throws(SQLiteFailure) in
            try SQLiteReading(session: session, namespace: name).counters(keys)
        }
    }
}

extension SQLiteStore: ChangeSignal {
    /// Returns as soon as the feed has events after `position`, at the latest after `limit`.
    ///
    /// Commits of this process are told at once, those of others are looked for every ``lookInterval``.
    public func waitForChange(after position: FeedPosition, atMost limit: Duration) async {
        let (name, timeline, appended) = (name, database.timeline, database.appended)
        let deadline = timeline.deadline(after: limit)
        while !Task.isCancelled, timeline.now < deadline {
            let version = appended.version
            do throws(StoreError) {
                let head = try await database.pool.read { session throws(SQLiteFailure) in
                    try SQLiteReading(session: session, namespace: name).head()
                }
                if head > position { return }
            } catch {
                // A hint that cannot be had: the reader's own read will tell why.
                return
            }
            let next = min(deadline, timeline.deadline(after: Self.lookInterval))
            await appended.wait(since: version, until: next, on: timeline)
        }
    }
}
#endif
