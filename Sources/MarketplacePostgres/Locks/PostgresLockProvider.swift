public import MarketplaceCore
public import MarketplaceStorage

/// Leases in a database of PostgreSQL, on the server's clock.
///
/// ```swift
/// let locks = PostgresLockProvider(database: database, namespace: "main", identifiers: identifiers)
/// ```
///
/// Each key that was ever locked has a small row with its token, its holder and when the lease ends. Several keys are
/// taken in one transaction, in ascending order. Only the server's clock decides whether a lease is over, so the
/// machines of the holders need not agree on the time; one that dies frees its keys as soon as its lease has run out,
/// whether or not anybody has looked meanwhile. A server whose clock is set back makes leases last longer, one whose
/// clock is set forward ends them early: then the fence decides.
///
/// Who waits looks again and again, and is not served in any order. Every call takes a connection of the pool, for as
/// long as it runs and not for as long as it waits.
public struct PostgresLockProvider: LockProvider {
    /// How often a waiting caller looks again unless told otherwise: a balance between the load of those who wait and
    /// how long a free key stays unused.
    public static let defaultPoll = Duration.milliseconds(50)

    let database: PostgresDatabase
    let namespace: StoreNamespace
    let testClock: (any WallClock)?
    private let identifiers: any IdentifierSource
    private let timeline: MonotonicTimeline
    private let poll: Duration
    private let randomness: any RandomSource
    private let observer: any Observer

    /// Makes a provider.
    ///
    /// - Parameters:
    ///   - database: Where the locks are kept.
    ///   - namespace: The namespace; a key of another one is another key.
    ///   - identifiers: Where the holders' numbers come from.
    ///   - clock: The monotonic clock that the holder measures its leases and waits on.
    ///   - poll: How often a waiting caller looks again.
    ///   - randomness: What keeps those who wait from looking in step.
    ///   - observer: Is told of every lease that is given, and of its end.
    public init(
        database: PostgresDatabase,
        namespace: StoreNamespace,
        identifiers: any IdentifierSource,
        clock: any Clock<Duration> = ContinuousClock(),
        poll: Duration = PostgresLockProvider.defaultPoll,
        randomness: any RandomSource = SystemRandomSource(),
        observer: any Observer = .silent
    ) {
        self.init(
            database: database,
            namespace: namespace,
            identifiers: identifiers,
            clock: clock,
            poll: poll,
            randomness: randomness,
            observer: observer,
            testClock: nil
        )
    }

    /// Makes a provider; a test may put a clock in the place of the server's, so that it can let leases pass.
    init(
        database: PostgresDatabase,
        namespace: StoreNamespace,
        identifiers: any IdentifierSource,
        clock: any Clock<Duration>,
        poll: Duration = PostgresLockProvider.defaultPoll,
        randomness: any RandomSource = SystemRandomSource(),
        observer: any Observer = .silent,
        testClock: (any WallClock)?
    ) {
        precondition(poll > .zero, "the time between two looks must be positive")
        self.database = database
        self.namespace = namespace
        self.identifiers = identifiers
        self.poll = poll
        self.randomness = randomness
        self.observer = observer
        self.testClock = testClock
        timeline = MonotonicTimeline(clock)
    }

    /// Asks for a lease on `keys`, and waits up to `wait` for it.
    public func acquire(
        _ keys: LockKeys,
        lease: Duration,
        wait: Duration
    ) async throws(LockError) -> LockOutcome {
        try LockLimits.validate(lease: lease, wait: wait)
        let table = PostgresLeaseTable(keys: keys, holder: identifiers.nextBits(), testClock: testClock)
        let deadline = timeline.deadline(after: wait)
        while true {
            if Task.isCancelled { throw LockError(.cancelled, "while a lease was asked for") }
            let start = timeline.now
            let busyFor: Duration
            switch await take(table, for: lease) {
            case .told(.taken(let tokens)): return .acquired(self.lease(table, tokens, for: lease, from: start))
            case .told(.busy(let duration)): busyFor = duration
            case .notApplied(let failure): throw LockError(.notApplied(failure.storeFailure))
            case .unknown(let failure):
                // The nonce tells whether the transaction took the keys; that it did not is not to be known yet.
                if let tokens = await own(table) {
                    return .acquired(self.lease(table, tokens, for: lease, from: start))
                }
                return .unknown(LockError(.unknown(failure.storeFailure)))
            }
            let now = timeline.now
            guard now < deadline else { return .busy }
            let pause = RetryPolicy.Jitter.equal.pause(upTo: poll, random: randomness.next())
            // A lease that others have just given up may have been seen as held for no time at all.
            let next = busyFor > .zero ? min(pause, busyFor) : pause
            await timeline.sleep(until: min(now + next, deadline))
        }
    }

    private func take(
        _ table: PostgresLeaseTable,
        for length: Duration
    ) async -> PostgresEnding<PostgresLeaseTable.Attempt> {
        await run {
            table.taking(for: length, $0)
        } decide: { rows throws(PostgresFailure) in
            let attempt = try table.taken(rows)
            guard case .taken = attempt else { return PostgresDecision(value: attempt, statements: nil) }
            return PostgresDecision(value: attempt, statements: [])
        }
    }

    private func own(_ table: PostgresLeaseTable) async -> [FenceKey: FencingToken]? {
        guard let rows = try? await database.read([table.looking(in: namespace)]).first else { return nil }
        return try? table.tokens(in: rows)
    }

    private func lease(
        _ table: PostgresLeaseTable,
        _ tokens: [FenceKey: FencingToken],
        for length: Duration,
        from start: Duration
    ) -> Lease {
        Lease(
            tokens: tokens,
            length: length,
            from: start,
            on: timeline,
            keeper: PostgresLeaseKeeper(provider: self, table: table),
            observer: observer
        )
    }

    /// Runs a transaction about leases.
    func run<Value: Sendable>(
        _ opening: (_ namespace: Int64) -> [PostgresStatement],
        decide: ([PostgresRows]) throws(PostgresFailure) -> PostgresDecision<Value>
    ) async -> PostgresEnding<Value> {
        await database.transactions.run { session throws(PostgresFailure) in
            try await database.transactions.registry.number(of: namespace, with: session)
        } opening: { namespace in
            opening(namespace)
        } decide: { _, rows throws(PostgresFailure) in
            try decide(rows)
        }
    }
}
