public import MarketplaceCore
public import MarketplaceStorage
import Synchronization

/// A store that fails where a test wants it to, over one that does not.
///
/// Faults are set by the number of the commit, from 1, or by a rule that sees each transaction. A fault that never
/// came about proves nothing: assert that ``unfiredFaults`` is empty. To restart a "process" after a crash, wrap the
/// same base again.
///
/// What happens around a call is up to two hooks. One that advances a ``ManualClock`` makes the store slow, one that
/// writes to the base loses a race for its caller, and one that yields lets others change what was read before
/// anything is decided on it.
public final class FaultInjectingStore: Store {
    /// Decides the fault of a commit, given its number from 1 and the transaction.
    public typealias Rule = @Sendable (Int, Transaction) -> CommitFault?

    private struct State {
        var commits = 0
        var faults: [Int: CommitFault] = [:]
        var fired: [Int: CommitFault] = [:]
        var readFailures = 0
        var isCrashed = false
    }

    private let base: any Store
    private let rule: Rule
    private let beforeCommit: @Sendable (Int) async -> Void
    private let afterRead: @Sendable () async -> Void
    private let state = Mutex(State())

    /// A store over `base`.
    ///
    /// - Parameters:
    ///   - base: The store that does the work.
    ///   - rule: Decides the fault of a commit where none was set by number.
    ///   - beforeCommit: Is performed when a commit was asked for, with its number, before anything becomes of it.
    ///   - afterRead: Is performed when a read has its answer, before the caller gets it.
    public init(
        _ base: any Store,
        rule: @escaping Rule = { _, _ in nil },
        beforeCommit: @escaping @Sendable (Int) async -> Void = { _ in },
        afterRead: @escaping @Sendable () async -> Void = {}
    ) {
        self.base = base
        self.rule = rule
        self.beforeCommit = beforeCommit
        self.afterRead = afterRead
    }

    /// A rule by which one commit in `odds` loses its answer, and as many their request, never two in a row: so a
    /// bounded number of attempts is certain to resolve each.
    public static func uncertainty(oneIn odds: Int, seed: UInt64) -> Rule {
        precondition(odds > 0, "odds are one in one or more")
        let state = UncertaintyState(seed: seed)
        return { _, _ in state.next(oneIn: UInt64(odds)) }
    }

    /// Sets the fault of the commit of that number, from 1.
    public func inject(_ fault: CommitFault, atCommit number: Int) {
        inject(fault, atCommits: [number])
    }

    /// Sets the fault of the commits of those numbers, from 1.
    public func inject(_ fault: CommitFault, atCommits numbers: some Sequence<Int>) {
        state.withLock { state in
            for number in numbers { state.faults[number] = fault }
        }
    }

    /// Sets the faults of the next commits, one each.
    public func injectNext(_ faults: CommitFault...) {
        state.withLock { state in
            for (number, fault) in faults.enumerated() { state.faults[state.commits + 1 + number] = fault }
        }
    }

    /// Forgets all faults, those that came about included, and counts commits from 1 again; a crash stays.
    public func reset() {
        state.withLock { state in
            let isCrashed = state.isCrashed
            state = State()
            state.isCrashed = isCrashed
        }
    }

    /// Lets the process die now: every later call fails for good.
    public func crash() {
        state.withLock { $0.isCrashed = true }
    }

    /// Lets the next reads fail as not applied.
    public func failNextReads(_ count: Int) {
        state.withLock { $0.readFailures = count }
    }

    /// How many commits were asked for, failed ones included.
    public var commitCount: Int { state.withLock { $0.commits } }

    /// The faults that came about, by the number of the commit.
    public var firedFaults: [Int: CommitFault] { state.withLock { $0.fired } }

    /// How many of the read failures that were asked for have not come about.
    public var unfiredReadFailures: Int { state.withLock { $0.readFailures } }

    /// The faults that were set by number and did not come about: there were fewer commits.
    public var unfiredFaults: [Int: CommitFault] { state.withLock { $0.faults } }

    /// Applies the transaction, unless a fault is due; see ``Store/commit(_:)``.
    public func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        let (number, fault) = try fault(of: transaction)
        await beforeCommit(number)
        switch fault {
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
        try await reading { () async throws(StoreError) in
            try await base.events(in: stream, from: version, limit: limit)
        }
    }

    /// The events of all streams after `position`, in feed order.
    public func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        try await reading { () async throws(StoreError) in
            try await base.events(after: position, matching: filter, limit: limit)
        }
    }

    /// The document of that key, or nil.
    public func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        try await reading { () async throws(StoreError) in try await base.document(key) }
    }

    /// One page of the documents that match.
    public func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try await reading { () async throws(StoreError) in try await base.documents(matching: query) }
    }

    /// The values of counters.
    public func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try await reading { () async throws(StoreError) in try await base.counters(keys) }
    }

    private static let crash = StoreError.notApplied(StoreFailure(.crashed, "", isRetriable: false))

    private func fault(of transaction: Transaction) throws(StoreError) -> (number: Int, fault: CommitFault?) {
        try state.withLock { (state) throws(StoreError) in
            guard !state.isCrashed else { throw Self.crash }
            state.commits += 1
            let number = state.commits
            guard let fault = state.faults.removeValue(forKey: number) ?? rule(number, transaction) else {
                return (number, nil)
            }
            state.fired[number] = fault
            if fault == .crashBefore || fault == .crashAfter { state.isCrashed = true }
            return (number, fault)
        }
    }

    private func reading<Answer>(_ body: () async throws(StoreError) -> Answer) async throws(StoreError) -> Answer {
        try checkRead()
        let answer = try await body()
        await afterRead()
        return answer
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
