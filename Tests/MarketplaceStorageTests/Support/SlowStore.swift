import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit

/// A store whose commits take time on a manual clock.
struct SlowStore: Store {
    private let base: any Store
    private let clock: ManualClock
    private let delay: Duration

    init(_ base: any Store, clock: ManualClock, delay: Duration) {
        self.base = base
        self.clock = clock
        self.delay = delay
    }

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        clock.advance(by: delay)
        return try await base.commit(transaction)
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
