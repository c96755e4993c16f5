public import MarketplaceCore
public import MarketplaceStorage

/// A durable store in a database of PostgreSQL, bound to one namespace.
///
/// Commits of tasks that arrive together share one transaction of the server and one sync; each gets its own outcome.
/// A page of the feed ends before whatever is still being committed, so that nothing is ever late: see ``PostgresFeedHeld``.
public struct PostgresStore: Store {
    /// How often a reader who waits looks for changes that nobody told it of.
    public static let lookInterval = Duration.milliseconds(250)
    /// How soon a reader looks again when events that are committed are held back; each time it waits twice as long.
    static let heldInterval = Duration.milliseconds(5)
    /// How often a read looks again that misses what this process has committed.
    static let ownInterval = Duration.milliseconds(1)

    let database: PostgresDatabase
    let name: StoreNamespace

    init(database: PostgresDatabase, namespace: StoreNamespace) {
        self.database = database
        name = namespace
    }

    private var reading: PostgresReading { PostgresReading(namespace: name) }

    /// Applies the whole transaction or none of it; see ``Store/commit(_:)``.
    public func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        let request = try GroupCommitRequest(transaction, in: name, now: database.wallClock.now)
        return try await database.queue.commit(request).get()
    }

    /// The events of one stream from `version` on, in order.
    public func events(
        in stream: StreamID,
        from version: StreamVersion,
        limit: Int
    ) async throws(StoreError) -> [RecordedEvent] {
        try StoreLimits.validate(limit: limit)
        let rows = try await database.read([reading.events(in: stream, from: version, limit: limit)])
        return try read(rows) { rows throws(PostgresFailure) in try reading.events(in: rows, of: stream) }
    }

    /// The events of all streams after `position`, in feed order.
    ///
    /// A page ends before whatever is still being committed, of anybody in the cluster. One that would end before what
    /// this process has committed waits a little, see ``PostgresConfiguration/feedPatience``.
    public func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        try StoreLimits.validate(limit: limit)
        let (timeline, own) = (database.timeline, database.writer.lastCommittedTurn)
        let deadline = timeline.deadline(after: database.configuration.feedPatience)
        while true {
            let rows = try await database.read(reading.feed(after: position, matching: filter, limit: limit))
            let (slice, isHeld, bound): (FeedSlice, Bool, Int64)
            do throws(PostgresFailure) {
                slice = try reading.feed(rows, after: position, limit: limit)
                (isHeld, bound) = try reading.isHeld(rows)
            } catch {
                throw .notApplied(error.storeFailure)
            }
            // What this process has committed itself is worth a moment: who holds it back has mostly ended by then.
            let isShort = slice.isCaughtUp && isHeld && slice.position.major < UInt64(clamping: own)
            if isShort, timeline.now < deadline, !Task.isCancelled {
                await timeline.sleep(for: Self.ownInterval)
                continue
            }
            await database.noteFeed(isHeld: isHeld, bound: bound)
            return slice
        }
    }

    /// The document of that key, or nil.
    public func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        let rows = [try await database.read(short: reading.document(key))]
        return try read(rows) { rows throws(PostgresFailure) in try reading.document(key, in: rows) }
    }

    /// One page of the documents that match, in the order of the query.
    public func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try StoreLimits.validate(limit: query.limit)
        // No index has a name with a NUL, which the server would not even read.
        guard query.index?.utf8.contains(0) != true else { return DocumentSlice(documents: [], next: nil) }
        let rows = try await database.read(reading.page(of: query))
        return try read(rows.dropLast().suffix(1)) { rows throws(PostgresFailure) in
            try reading.documents(rows, matching: query)
        }
    }

    /// The values of counters; one that was never added to is 0.
    public func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try StoreLimits.validate(limit: max(1, keys.count))
        guard !keys.isEmpty else { return [:] }
        let rows = [try await database.read(short: reading.counters(keys))]
        return try read(rows) { rows throws(PostgresFailure) in try reading.counters(keys, in: rows) }
    }

    private func read<Value>(
        _ rows: some Collection<PostgresRows>,
        _ body: (PostgresRows) throws(PostgresFailure) -> Value
    ) throws(StoreError) -> Value {
        do throws(PostgresFailure) {
            guard let rows = rows.first else { throw PostgresFailure(.unreadable, "no answer to a statement") }
            return try body(rows)
        } catch {
            throw .notApplied(error.storeFailure)
        }
    }
}

extension PostgresStore: ChangeSignal {
    /// Returns as soon as the feed has events after `position`, at the latest after `limit`.
    ///
    /// Commits of this process are told at once, those of others when the sessions can be listened to, else they are
    /// looked for every ``lookInterval``. What is committed and held back is looked for more often.
    public func waitForChange(after position: FeedPosition, atMost limit: Duration) async {
        let (timeline, appended) = (database.timeline, database.appended)
        database.listener?.start()
        let deadline = timeline.deadline(after: limit)
        var heldPause = Self.heldInterval
        while !Task.isCancelled, timeline.now < deadline {
            let version = appended.version
            let (isHeld, bound): (Bool, Int64)
            do throws(StoreError) {
                let rows = try await database.read([reading.news(after: position)])
                let counts = try read(rows) { rows throws(PostgresFailure) in
                    (
                        readable: try rows.integer(0, of: 0), all: try rows.integer(1, of: 0),
                        bound: try rows.integer(2, of: 0)
                    )
                }
                if counts.readable > 0 { return }
                (isHeld, bound) = (counts.all > 0, counts.bound)
            } catch {
                // A hint that cannot be had: the reader's own read will tell why.
                return
            }
            await database.noteFeed(isHeld: isHeld, bound: bound)
            // Mostly it is over at once; who holds it for long is not asked two hundred times a second.
            let pause = isHeld ? min(heldPause, Self.lookInterval) : Self.lookInterval
            heldPause = isHeld ? pause * 2 : Self.heldInterval
            let next = min(deadline, timeline.deadline(after: pause))
            if isHeld {
                // Nobody tells when the transaction ends that holds it back.
                await timeline.sleep(until: next)
            } else {
                await appended.wait(since: version, until: next, on: timeline)
            }
        }
    }
}
