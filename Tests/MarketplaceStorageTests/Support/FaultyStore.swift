import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// A store whose chosen commits end as the test wants.
final class FaultyStore: Store {
    enum Fault: Sendable, CaseIterable {
        /// The commit happens, and its answer is lost.
        case unknownApplied
        /// The commit does not happen, and nobody can tell.
        case unknownLost
        /// The commit certainly does not happen.
        case notApplied
    }

    private struct State {
        var calls = 0
        var fired = 0
        var faults: [Int: Fault] = [:]
    }

    private let base: any Store
    private let state = Mutex(State())

    init(_ base: any Store) {
        self.base = base
    }

    /// How many commits were asked for.
    var commitCalls: Int { state.withLock { $0.calls } }
    /// How many faults have happened.
    var firedFaults: Int { state.withLock { $0.fired } }

    /// Lets the commits with these numbers, from 1 and counted from now on, end in `fault`.
    func fail(_ commits: some Sequence<Int>, with fault: Fault) {
        state.withLock { state in
            state = State()
            for commit in commits { state.faults[commit] = fault }
        }
    }

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        let fault = state.withLock { state in
            state.calls += 1
            let fault = state.faults[state.calls]
            if fault != nil { state.fired += 1 }
            return fault
        }
        switch fault {
        case nil: return try await base.commit(transaction)
        case .unknownApplied:
            _ = try await base.commit(transaction)
            throw .unknown(StoreFailure(.timedOut, "after the commit"))
        case .unknownLost: throw .unknown(StoreFailure(.timedOut, "before the commit"))
        case .notApplied: throw .notApplied(StoreFailure(.unavailable, "no connection"))
        }
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
