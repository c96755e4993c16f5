public import MarketplaceCore
public import MarketplaceStorage
import Synchronization

/// The reference adapter of ``Store``: everything in the memory of this process, nothing survives it.
///
/// It keeps every promise of the waist but durability, so it is what rules and use cases are tested with, and what
/// other adapters are compared to. One lock orders all commits; nothing suspends while it is held, so every call
/// completes without giving up its thread. Stores of one ``InMemoryDatabase`` with the same namespace share content.
public final class InMemoryStore: Store {
    /// How long the ids of committed transactions are remembered unless told otherwise.
    public static let defaultReceiptRetention = Duration.seconds(24 * 60 * 60)

    private let state: Mutex<StoreState>
    private let appended = ChangeNotifier()
    private let wallClock: any WallClock
    private let timeline: MonotonicTimeline

    /// An empty store.
    ///
    /// - Parameters:
    ///   - wallClock: Tells when the ids of committed transactions are to be forgotten.
    ///   - clock: Measures how long a reader waits for a change.
    ///   - receiptRetention: How long the ids of committed transactions are remembered.
    public init(
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous,
        receiptRetention: Duration = InMemoryStore.defaultReceiptRetention
    ) {
        state = Mutex(StoreState(receiptRetention: receiptRetention))
        self.wallClock = wallClock
        timeline = MonotonicTimeline(clock)
    }

    /// Applies the whole transaction or none of it; see ``Store/commit(_:)``.
    public func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        do throws(InvalidTransaction) {
            try transaction.validate()
        } catch {
            throw .invalid(error)
        }
        if Task.isCancelled { throw .notApplied(StoreFailure(.cancelled, "before the commit was started")) }
        let digest = transaction.contentDigest
        let now = wallClock.now
        let receipt: CommitReceipt
        do throws(StoreConflict) {
            receipt = try state.withLock { (state) throws(StoreConflict) in
                try state.commit(transaction, digest: digest, now: now)
            }
        } catch {
            throw .conflict(error)
        }
        if !transaction.appends.isEmpty { appended.notify() }
        return receipt
    }

    /// The events of one stream from `version` on, in order.
    public func events(
        in stream: StreamID,
        from version: StreamVersion,
        limit: Int
    ) async throws(StoreError) -> [RecordedEvent] {
        try StoreLimits.validate(limit: limit)
        return state.withLock { $0.events(in: stream, from: version, limit: limit) }
    }

    /// The events of all streams after `position`, in feed order.
    public func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        try StoreLimits.validate(limit: limit)
        return state.withLock { $0.events(after: position, matching: filter, limit: limit) }
    }

    /// The document of that key, or nil.
    public func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        state.withLock { $0.document(key) }
    }

    /// One page of the documents that match, in the order of the query.
    public func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try StoreLimits.validate(limit: query.limit)
        return state.withLock { $0.documents(matching: query) }
    }

    /// The values of counters; one that was never added to is 0.
    public func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try StoreLimits.validate(limit: Swift.max(1, keys.count))
        return state.withLock { state in
            Dictionary(keys.map { ($0, state.counters[$0] ?? 0) }, uniquingKeysWith: { first, _ in first })
        }
    }
}

extension InMemoryStore: ChangeSignal {
    /// How many tasks wait for a change; for tests, which assert that none is left behind.
    var waiterCount: Int { appended.waiterCount }

    /// Returns as soon as the feed has events after `position`, at the latest after `limit`.
    public func waitForChange(after position: FeedPosition, atMost limit: Duration) async {
        let deadline = timeline.deadline(after: limit)
        while !Task.isCancelled, timeline.now < deadline {
            let version = appended.version
            if state.withLock({ $0.head }) > position { return }
            await appended.wait(since: version, until: deadline, on: timeline)
        }
    }
}
