public import MarketplaceCore
import Synchronization

/// Keeps one projection up to date with the feed.
///
/// The read model and the checkpoint move in one transaction that expects the checkpoint as it was read. So any
/// number of runners of one projection may exist, in any number of processes: one of them applies a batch, the others
/// notice and read on from there. An unknown commit outcome is resolved by committing the same transaction again.
///
/// An event that cannot be applied stops the projection with an error that names it: it is never skipped.
public final class ProjectionRunner: Sendable {
    /// The most times one batch is applied anew because other writers changed the read model's documents meanwhile.
    public static let contentionLimit = 16

    private let projection: any Projection
    private let store: any Store
    private let identifiers: any IdentifierSource
    private let wallClock: any WallClock
    private let follower: FeedFollower
    private let checkpoint = Mutex<FeedCheckpoint?>(nil)

    /// Makes a runner.
    ///
    /// - Parameters:
    ///   - projection: The read model.
    ///   - store: Where the events come from and the read model goes.
    ///   - signal: What wakes ``run()``; `.polling(every:)` for stores that have no signal.
    ///   - identifiers: The source of transaction ids.
    ///   - wallClock: The time that transactions carry.
    ///   - clock: The monotonic clock that waits are measured on.
    ///   - randomness: Where the jitter of retries comes from.
    ///   - reading: Batch size, polling, retries.
    ///   - observer: Is told of every batch and every failure.
    public init(
        _ projection: any Projection,
        store: any Store,
        signal: any ChangeSignal,
        identifiers: any IdentifierSource,
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = ContinuousClock(),
        randomness: any RandomSource = SystemRandomSource(),
        reading: FeedReading = FeedReading(),
        observer: any Observer = .silent
    ) {
        self.projection = projection
        self.store = store
        self.identifiers = identifiers
        self.wallClock = wallClock
        follower = FeedFollower(
            reader: FeedReader(kind: "projection", name: projection.name.text),
            control: RunControl("the runner of projection \(projection.name)"),
            signal: signal,
            reading: reading,
            timeline: MonotonicTimeline(clock),
            randomness: randomness,
            observer: observer
        )
    }

    /// Applies events as they come, until drained or cancelled (then it returns) or until one cannot be applied.
    ///
    /// Failures of the store that pass are waited out. It can be run once; a second run is a mistake of the caller.
    public func run() async throws(ProjectionError) {
        try await follower.run(
            { () async throws(ProjectionError) in try await step() },
            waitingOut: { $0.isRetriable }
        )
    }

    /// Lets ``run()`` finish its batch and return, and waits for that.
    public func drain() async {
        await follower.control.drain()
    }

    /// Applies all events there are, and returns how many this runner applied.
    @discardableResult
    public func catchUp() async throws(ProjectionError) -> Int {
        try await follower.catchUp { () async throws(ProjectionError) in try await step() }
    }

    /// How far the projection is behind.
    public func lag() async throws(StoreError) -> FeedLag {
        let stored = try await FeedCheckpoint.load(key, from: store)
        return try await FeedLag.measure(
            after: stored.position,
            matching: projection.filter,
            in: store,
            at: wallClock.now
        )
    }

    /// Begins from the start of the feed in a new generation, which is returned.
    ///
    /// What earlier generations wrote stays: a projection keeps its documents and counters apart by
    /// ``ProjectionSource/generation``, so that the old ones can be read until the new ones have caught up.
    @discardableResult
    public func rebuild() async throws(ProjectionError) -> Int64 {
        while true {
            let current = try await load()
            let transaction = Transaction(id: identifiers.next(), time: wallClock.now)
            if let restarted = try await commit(current.restarted(), with: transaction) {
                return restarted.generation
            }
        }
    }

    private var key: DocumentKey { DocumentKey("$projections", projection.name.retyped()) }

    // MARK: - One batch

    private func step() async throws(ProjectionError) -> FeedFollower.Step {
        let current = try await load()
        let limit = min(follower.reading.batchSize, max(projection.batchLimit, 1))
        let slice = try await reading { () async throws(StoreError) in
            try await store.events(after: current.position, matching: projection.filter, limit: limit)
        }
        guard !slice.events.isEmpty else {
            // Storing a scan that found nothing is worth a commit only when there is more to scan.
            let moved = current.moved(to: slice.position)
            if slice.isCaughtUp {
                // Another runner may have begun a rebuild, of which no new event would tell.
                if try await hasMoved(current) {
                    return FeedFollower.Step(position: current.position, isCaughtUp: false, count: 0)
                }
                checkpoint.withLock { $0 = moved }
            } else {
                let transaction = Transaction(id: identifiers.next(), time: wallClock.now)
                _ = try await commit(moved, with: transaction)
            }
            return FeedFollower.Step(position: slice.position, isCaughtUp: slice.isCaughtUp, count: 0)
        }
        guard let applied = try await apply(slice.events, reaching: slice.position, from: current) else {
            return FeedFollower.Step(position: current.position, isCaughtUp: false, count: 0)
        }
        return FeedFollower.Step(
            position: slice.position,
            isCaughtUp: slice.isCaughtUp && applied == slice.events.count,
            count: applied
        )
    }

    /// Applies the events, or as many of the first as go into one transaction; nil when another runner was faster.
    ///
    /// After an error the batch is halved, so that everything before the event that causes it is still applied and
    /// the error names exactly that event.
    private func apply(
        _ events: [RecordedEvent],
        reaching end: FeedPosition,
        from current: FeedCheckpoint
    ) async throws(ProjectionError) -> Int? {
        var batch = events[...]
        var position = end
        var races = 0
        while true {
            let failure: any Error
            do {
                let stored = try await attempt(Array(batch), reaching: position, from: current)
                return stored == nil ? nil : batch.count
            } catch let error as StoreError where Self.isOperational(error) {
                throw ProjectionError(projection: projection.name, cause: .store(error))
            } catch let error as StoreError where error.isContention {
                races += 1
                guard case .conflict(let conflict) = error, races >= Self.contentionLimit else { continue }
                throw ProjectionError(projection: projection.name, cause: .contention(conflict))
            } catch {
                failure = error
            }
            if Task.isCancelled {
                let cancelled = StoreError.notApplied(StoreFailure(.cancelled, "while events were applied"))
                throw ProjectionError(projection: projection.name, cause: .store(cancelled))
            }
            // What another runner has applied meanwhile can be what stands in the way, a unique key it took, say.
            if try await hasMoved(current) { return nil }
            guard batch.count > 1 else {
                throw ProjectionError(projection: projection.name, cause: .event(Self.facts(of: events[0]), failure))
            }
            batch = batch.prefix(batch.count / 2)
            position = batch.last?.position ?? position
        }
    }

    private func attempt(
        _ events: [RecordedEvent],
        reaching position: FeedPosition,
        from current: FeedCheckpoint
    ) async throws -> FeedCheckpoint? {
        var transaction = Transaction(id: identifiers.next(), time: wallClock.now)
        let source = ProjectionSource(store: store, generation: current.generation)
        try await projection.apply(events, to: &transaction, reading: source)
        let stored = try await current.moved(to: position).commit(with: transaction, to: store)
        checkpoint.withLock { $0 = stored }
        return stored
    }

    // MARK: - The checkpoint

    private func load() async throws(ProjectionError) -> FeedCheckpoint {
        if let known = checkpoint.withLock({ $0 }) { return known }
        return try await reading { () async throws(StoreError) in
            try await FeedCheckpoint.load(key, from: store)
        }
    }

    /// Whether another runner has moved the checkpoint; then it is looked at afresh next time.
    private func hasMoved(_ known: FeedCheckpoint) async throws(ProjectionError) -> Bool {
        checkpoint.withLock { $0 = nil }
        return try await load().revision != known.revision
    }

    /// Commits the checkpoint alone or with a transaction; nil, and a fresh look next time, when another was faster.
    private func commit(
        _ moved: FeedCheckpoint,
        with transaction: Transaction
    ) async throws(ProjectionError) -> FeedCheckpoint? {
        let stored = try await reading { () async throws(StoreError) in
            try await moved.commit(with: transaction, to: store)
        }
        checkpoint.withLock { $0 = stored }
        return stored
    }

    private func reading<Value>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(ProjectionError) -> Value {
        do throws(StoreError) {
            return try await body()
        } catch {
            throw ProjectionError(projection: projection.name, cause: .store(error))
        }
    }

    private static func facts(of event: RecordedEvent) -> ProjectionError.FailedEvent {
        ProjectionError.FailedEvent(id: event.id, name: event.name, stream: event.stream, position: event.position)
    }

    /// Whether the error says something about the store and nothing about the events.
    private static func isOperational(_ error: StoreError) -> Bool {
        switch error {
        case .notApplied, .unknown: true
        case .conflict, .invalid: false
        }
    }
}

extension StoreError {
    /// Whether it is a lost race over a version or a revision.
    package var isContention: Bool {
        if case .conflict(let conflict) = self { conflict.isContention } else { false }
    }
}
