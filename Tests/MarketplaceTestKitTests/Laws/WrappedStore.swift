import MarketplaceStorage

/// A store over any other with its commits replaced: how a bug is planted around faults.
struct WrappedStore: Store {
    typealias Commit = @Sendable (Transaction, any Store) async throws(StoreError) -> CommitReceipt

    let base: any Store
    let onCommit: Commit

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        try await onCommit(transaction, base)
    }

    func events(
        in stream: StreamID,
        from version: StreamVersion,
        limit: Int
    ) async throws(StoreError) -> [RecordedEvent] {
        try await base.events(in: stream, from: version, limit: limit)
    }

    func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        try await base.events(after: position, matching: filter, limit: limit)
    }

    func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        try await base.document(key)
    }

    func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try await base.documents(matching: query)
    }

    func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try await base.counters(keys)
    }
}
