import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// A store whose commits now and then end as unknown, half of them applied and half of them not, and whose reads let
/// others go first.
final class UncertainStore: Store {
    private struct State {
        var generator: SeededGenerator
        var appliedCount = 0
        var lostCount = 0
        var isUncertain = false
    }

    private let base: any Store
    private let odds: UInt64
    private let state: Mutex<State>

    init(_ base: any Store, seed: UInt64, oneIn odds: UInt64) {
        self.base = base
        self.odds = odds
        state = Mutex(State(generator: SeededGenerator(seed: seed)))
    }

    /// How many commits were reported as unknown although they were applied, and although they were not.
    var faults: (applied: Int, lost: Int) { state.withLock { ($0.appliedCount, $0.lostCount) } }

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        // Never twice in a row, so that a bounded number of attempts is certain to resolve it.
        let fault = state.withLock { state -> UInt64 in
            let draw = state.generator.next(through: odds * 2 - 1)
            let fault = state.isUncertain ? UInt64.max : draw
            state.isUncertain = fault < 2
            if fault == 1 { state.lostCount += 1 }
            return fault
        }
        let unknown = StoreError.unknown(StoreFailure(.timedOut, "injected"))
        if fault == 1 { throw unknown }
        let receipt = try await base.commit(transaction)
        if fault == 0 {
            state.withLock { $0.appliedCount += 1 }
            throw unknown
        }
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
        let document = try await base.document(key)
        // Gives others the time to change what was read before anything is decided on it.
        await Task.yield()
        return document
    }

    func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try await base.documents(matching: query)
    }

    func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try await base.counters(keys)
    }
}
