import MarketplaceStorage
import Synchronization

/// A store with something that happens after a commit and before its caller hears of it.
final class AfterCommitStore: Store {
    typealias Hook = @Sendable (Int) async -> Void

    private let base: any Store
    private let state = Mutex<(commits: Int, hook: Hook)>((0, { _ in }))

    init(_ base: any Store) {
        self.base = base
    }

    /// Performed after the commit of each number, from 1.
    ///
    /// What it commits through this store is not counted.
    func afterCommit(_ hook: @escaping Hook) {
        state.withLock { $0.hook = hook }
    }

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        let receipt = try await base.commit(transaction)
        let (number, hook) = state.withLock { state in
            state.commits += 1
            return (state.commits, state.hook)
        }
        await hook(number)
        return receipt
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
