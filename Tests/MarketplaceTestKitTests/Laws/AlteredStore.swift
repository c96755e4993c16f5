import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage

/// A good store with some of its calls replaced: how a bug is planted.
struct AlteredStore: Store, ChangeSignal {
    typealias Commit = @Sendable (Transaction, any Store) async throws(StoreError) -> CommitReceipt
    typealias StreamRead =
        @Sendable (StreamID, StreamVersion, Int, any Store) async throws(StoreError) -> [RecordedEvent]
    typealias FeedRead = @Sendable (FeedPosition, EventFilter, Int, any Store) async throws(StoreError) -> FeedSlice
    typealias Query = @Sendable (DocumentQuery, any Store) async throws(StoreError) -> DocumentSlice
    typealias Lookup = @Sendable (DocumentKey, any Store) async throws(StoreError) -> StoredDocument?
    typealias CounterRead = @Sendable ([CounterKey], any Store) async throws(StoreError) -> [CounterKey: Int64]
    typealias Wait = @Sendable (FeedPosition, Duration, any ChangeSignal) async -> Void

    private let base = InMemoryStore()
    var onCommit: Commit = { (transaction, base) async throws(StoreError) in try await base.commit(transaction) }
    var onStreamRead: StreamRead = { (stream, version, limit, base) async throws(StoreError) in
        try await base.events(in: stream, from: version, limit: limit)
    }
    var onFeedRead: FeedRead = { (position, filter, limit, base) async throws(StoreError) in
        try await base.events(after: position, matching: filter, limit: limit)
    }
    var onQuery: Query = { (query, base) async throws(StoreError) in try await base.documents(matching: query) }
    var onLookup: Lookup = { (key, base) async throws(StoreError) in try await base.document(key) }
    var onCounterRead: CounterRead = { (keys, base) async throws(StoreError) in try await base.counters(keys) }
    var onWait: Wait = { (position, limit, base) async in
        await base.waitForChange(after: position, atMost: limit)
    }

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        try await onCommit(transaction, base)
    }

    func events(
        in stream: StreamID,
        from version: StreamVersion,
        limit: Int
    ) async throws(StoreError) -> [RecordedEvent] {
        try await onStreamRead(stream, version, limit, base)
    }

    func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        try await onFeedRead(position, filter, limit, base)
    }

    func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        try await onLookup(key, base)
    }

    func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try await onQuery(query, base)
    }

    func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try await onCounterRead(keys, base)
    }

    func waitForChange(after position: FeedPosition, atMost limit: Duration) async {
        await onWait(position, limit, base)
    }
}

extension AlteredStore {
    /// A store that makes another transaction of each before it commits it.
    static func rewriting(_ rewrite: @escaping @Sendable (Transaction) -> Transaction) -> AlteredStore {
        var store = AlteredStore()
        store.onCommit = { (transaction, base) async throws(StoreError) in try await base.commit(rewrite(transaction)) }
        return store
    }

    /// A store whose pages of the feed are changed before they are returned.
    static func changingPages(
        _ change: @escaping @Sendable (FeedSlice, FeedPosition, EventFilter) -> FeedSlice
    ) -> AlteredStore {
        var store = AlteredStore()
        store.onFeedRead = { (position, filter, limit, base) async throws(StoreError) in
            change(try await base.events(after: position, matching: filter, limit: limit), position, filter)
        }
        return store
    }

    /// A store that makes another query of each before it performs it.
    static func rewritingQueries(_ rewrite: @escaping @Sendable (DocumentQuery) -> DocumentQuery) -> AlteredStore {
        var store = AlteredStore()
        store.onQuery = { (query, base) async throws(StoreError) in
            try await base.documents(matching: rewrite(query))
        }
        return store
    }
}

extension Transaction {
    /// The parts of a transaction, each kind of which a planted bug can change.
    struct Parts {
        var guards: [TransactionGuard]
        var appends: [StreamAppend]
        var writes: [DocumentWrite]
        var deletes: [DocumentDelete]
        var adds: [CounterAdd]
        var counterDeletes: [CounterKey]
        var trims: [StreamTrim]
    }

    /// This transaction with changed parts.
    func changing(
        id: TransactionID? = nil,
        time: Timestamp? = nil,
        _ change: (inout Parts) -> Void = { _ in }
    ) -> Transaction {
        var parts = Parts(
            guards: guards,
            appends: appends,
            writes: writes,
            deletes: deletes,
            adds: counterAdds,
            counterDeletes: counterDeletes,
            trims: trims
        )
        change(&parts)
        var changed = Transaction(id: id ?? self.id, time: time ?? self.time)
        for part in parts.guards { changed.require(part) }
        for part in parts.appends { changed.append(part.events, to: part.stream, expecting: part.expected) }
        for part in parts.writes { changed.write(part) }
        for part in parts.deletes { changed.delete(part.key, expecting: part.expected) }
        for part in parts.adds { changed.add(part.delta, to: part.key, floor: part.floor, ceiling: part.ceiling) }
        for part in parts.counterDeletes { changed.deleteCounter(part) }
        for part in parts.trims { changed.trim(part) }
        return changed
    }
}
