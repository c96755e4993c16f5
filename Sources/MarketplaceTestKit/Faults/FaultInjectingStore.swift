public import MarketplaceCore
public import MarketplaceStorage
import Synchronization

/// A store that fails where a test wants it to, over one that does not.
///
/// Faults are set by the number of the commit, from 1, or by a rule that sees each transaction. A fault that never
/// came about proves nothing: assert that ``unfiredFaults`` is empty. To restart a "process" after a crash, wrap the
/// same base again.
public final class FaultInjectingStore: Store {
    private struct State {
        var commits = 0
        var faults: [Int: CommitFault] = [:]
        var fired: [Int: CommitFault] = [:]
        var readFailures = 0
        var isCrashed = false
    }

    private let base: any Store
    private let rule: @Sendable (Int, Transaction) -> CommitFault?
    private let state = Mutex(State())

    /// A store over `base`.
    ///
    /// - Parameters:
    ///   - base: The store that does the work.
    ///   - rule: Decides the fault of a commit, given its number from 1 and the transaction, where none was set by
    ///     number.
    public init(
        _ base: any Store,
        rule: @escaping @Sendable (Int, Transaction) -> CommitFault? = { _, _ in nil }
    ) {
        self.base = base
        self.rule = rule
    }

    /// Sets the fault of the commit of that number, from 1.
    public func inject(_ fault: CommitFault, atCommit number: Int) {
        state.withLock { $0.faults[number] = fault }
    }

    /// Lets the next reads fail as not applied.
    public func failNextReads(_ count: Int) {
        state.withLock { $0.readFailures = count }
    }

    /// How many commits were asked for, failed ones included.
    public var commitCount: Int { state.withLock { $0.commits } }

    /// The faults that came about, by the number of the commit.
    public var firedFaults: [Int: CommitFault] { state.withLock { $0.fired } }

    /// The faults that were set by number and did not come about: there were fewer commits.
    public var unfiredFaults: [Int: CommitFault] { state.withLock { $0.faults } }

    /// Applies the transaction, unless a fault is due; see ``Store/commit(_:)``.
    public func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        switch try fault(of: transaction) {
        case nil:
            return try await base.commit(transaction)
        case .refuse(let failure):
            throw .notApplied(failure)
        case .loseAnswer:
            _ = try await base.commit(transaction)
            throw .unknown(StoreFailure(.unavailable, "the answer was lost"))
        case .loseRequest:
            throw .unknown(StoreFailure(.unavailable, "the request was lost"))
        case .crashBefore:
            throw Self.crash
        case .crashAfter:
            _ = try await base.commit(transaction)
            throw Self.crash
        }
    }

    /// The events of one stream from `version` on, in order.
    public func events(
        in stream: StreamID,
        from version: StreamVersion,
        limit: Int
    ) async throws(StoreError) -> [RecordedEvent] {
        try checkRead()
        return try await base.events(in: stream, from: version, limit: limit)
    }

    /// The events of all streams after `position`, in feed order.
    public func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        try checkRead()
        return try await base.events(after: position, matching: filter, limit: limit)
    }

    /// The document of that key, or nil.
    public func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        try checkRead()
        return try await base.document(key)
    }

    /// One page of the documents that match.
    public func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try checkRead()
        return try await base.documents(matching: query)
    }

    /// The values of counters.
    public func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try checkRead()
        return try await base.counters(keys)
    }

    private static let crash = StoreError.notApplied(StoreFailure(.crashed, "", isRetriable: false))

    private func fault(of transaction: Transaction) throws(StoreError) -> CommitFault? {
        try state.withLock { (state) throws(StoreError) in
            guard !state.isCrashed else { throw Self.crash }
            state.commits += 1
            let number = state.commits
            guard let fault = state.faults.removeValue(forKey: number) ?? rule(number, transaction) else { return nil }
            state.fired[number] = fault
            if fault == .crashBefore || fault == .crashAfter { state.isCrashed = true }
            return fault
        }
    }

    private func checkRead() throws(StoreError) {
        try state.withLock { (state) throws(StoreError) in
            guard !state.isCrashed else { throw Self.crash }
            guard state.readFailures > 0 else { return }
            state.readFailures -= 1
            throw .notApplied(StoreFailure(.unavailable, "a read failed"))
        }
    }
}
