import MarketplaceStorage
import Synchronization

/// A store that counts what is asked of it.
final class ReadCountingStore: Store {
    struct Counts: Hashable {
        var commits = 0
        var reads = 0
    }

    private let base: any Store
    private let state = Mutex(Counts())

    init(_ base: any Store) {
        self.base = base
    }

    /// What was asked since this was asked last.
    func takeCounts() -> Counts {
        state.withLock { state in
            defer { state = Counts() }
            return state
        }
    }

    private func countRead() {
        state.withLock { $0.reads += 1 }
    }

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        state.withLock { $0.commits += 1 }
        return try await base.commit(transaction)
    }

    func events(
        in stream: StreamID,
        from version: StreamVersion,
        limit: Int
    ) async throws(StoreError) -> [RecordedEvent] {
        countRead()
        return try await base.events(in: stream, from: version, limit: limit)
    }

    func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        countRead()
        return try await base.events(after: position, matching: filter, limit: limit)
    }

    func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        countRead()
        return try await base.document(key)
    }

    func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        countRead()
        return try await base.documents(matching: query)
    }

    func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        countRead()
        return try await base.counters(keys)
    }
}
