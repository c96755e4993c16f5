import MarketplaceStorage

/// A store as one process sees it: when the process has died, nothing of what it still wants happens.
struct MortalStore: Store {
    let store: any Store
    let isDead: @Sendable () -> Bool

    private func live() throws(StoreError) {
        guard !isDead() else {
            throw .notApplied(StoreFailure(.unavailable, "the process is dead", isRetriable: false))
        }
    }

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        try live()
        return try await store.commit(transaction)
    }

    func events(in stream: StreamID, from version: StreamVersion, limit: Int) async throws(StoreError)
        -> [RecordedEvent]
    {
        try live()
        return try await store.events(in: stream, from: version, limit: limit)
    }

    func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        try live()
        return try await store.events(after: position, matching: filter, limit: limit)
    }

    func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        try live()
        return try await store.document(key)
    }

    func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try live()
        return try await store.documents(matching: query)
    }

    func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try live()
        return try await store.counters(keys)
    }
}
