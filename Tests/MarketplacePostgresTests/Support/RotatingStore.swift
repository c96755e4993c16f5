#if LibPQ
import MarketplaceStorage
import Synchronization

/// One namespace through several databases in turn, as several processes would use it: nothing but the server joins
/// what they do.
final class RotatingStore: Store, ChangeSignal {
    private let stores: [any Store & ChangeSignal]
    private let turn = Mutex(0)

    init(_ stores: [any Store & ChangeSignal]) {
        self.stores = stores
    }

    private var next: any Store & ChangeSignal {
        turn.withLock { turn in
            turn = (turn + 1) % stores.count
            return stores[turn]
        }
    }

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        try await next.commit(transaction)
    }

    func events(
        in stream: StreamID,
        from version: StreamVersion,
        limit: Int
    ) async throws(StoreError) -> [RecordedEvent] {
        try await next.events(in: stream, from: version, limit: limit)
    }

    func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        try await next.events(after: position, matching: filter, limit: limit)
    }

    func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        try await next.document(key)
    }

    func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try await next.documents(matching: query)
    }

    func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try await next.counters(keys)
    }

    func waitForChange(after position: FeedPosition, atMost limit: Duration) async {
        await next.waitForChange(after: position, atMost: limit)
    }
}
#endif
