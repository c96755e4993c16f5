import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import Synchronization

/// An in-memory store whose next commits can be made to go wrong, each in its own way.
final class ScriptedStore: Store {
    /// What happens at one commit.
    enum Turn: Sendable {
        /// It is committed, and the answer is lost.
        case loseAnswer
        /// It is not committed, and nobody can tell.
        case loseRequest
        /// It is certainly not committed.
        case fail(isRetriable: Bool)
        /// Somebody else does this just before it.
        case racing(@Sendable (InMemoryStore) async throws -> Void)
    }

    let inner = InMemoryStore()
    private let turns: Mutex<[Turn]>
    private let seen = Mutex<[Transaction]>([])

    init(_ turns: Turn...) {
        self.turns = Mutex(turns.reversed())
    }

    /// Every transaction that was handed in, in order.
    var attempts: [Transaction] { seen.withLock { $0 } }

    /// How many turns were not taken: a test whose fault never fired proves nothing.
    var turnsLeft: Int { turns.withLock { $0.count } }

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        seen.withLock { $0.append(transaction) }
        switch turns.withLock({ $0.popLast() }) {
        case nil: return try await inner.commit(transaction)
        case .loseAnswer:
            _ = try await inner.commit(transaction)
            throw .unknown(StoreFailure(.timedOut, "the answer was lost"))
        case .loseRequest: throw .unknown(StoreFailure(.timedOut, "the request was lost"))
        case .fail(let isRetriable):
            throw .notApplied(StoreFailure(.unavailable, "not now", isRetriable: isRetriable))
        case .racing(let other):
            do {
                try await other(inner)
            } catch {
                throw .invalid(.badLimit(0, maximum: 0))
            }
            return try await inner.commit(transaction)
        }
    }

    func events(in stream: StreamID, from version: StreamVersion, limit: Int) async throws(StoreError)
        -> [RecordedEvent]
    {
        try await inner.events(in: stream, from: version, limit: limit)
    }

    func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        try await inner.events(after: position, matching: filter, limit: limit)
    }

    func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        try await inner.document(key)
    }

    func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try await inner.documents(matching: query)
    }

    func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try await inner.counters(keys)
    }
}
