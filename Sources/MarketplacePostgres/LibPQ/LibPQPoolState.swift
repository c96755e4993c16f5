#if LibPQ
/// Which connections a pool has, who waits for one, and who gets which: every decision of the pool, and no action.
struct LibPQPoolState<Connection, Waiter> {
    typealias Pooled = LibPQPooled<Connection>
    typealias Grant = LibPQGrant<Connection>
    /// Somebody who waited, and what they get.
    typealias Service = (waiter: Waiter, grant: Grant)

    private let limits: LibPQPool.Limits
    /// Those that can be lent, the one that came back last at the end: it is the likeliest to work.
    private var free: [Pooled] = []
    /// How many there are: free, lent, or being opened.
    private var count = 0
    private var isClosed = false
    private(set) var line = LibPQWaitingLine<Waiter>()
    /// How often opening one has failed since it last succeeded, and why it did the last time.
    private var failures = 0
    private var lastFailure = PostgresFailure(.notConnected, "")
    /// Before when nobody tries again.
    private var nextAttempt = Duration.zero

    init(_ limits: LibPQPool.Limits) {
        self.limits = limits
    }

    /// Asks for a connection; nil when there is none at the moment.
    mutating func ask(at now: Duration) -> Grant? {
        // Whoever waits comes first.
        line.count > 0 ? nil : grant(at: now)
    }

    /// Gives out a ticket to wait with.
    mutating func drawTicket() -> UInt64 { line.draw() }

    /// Lets somebody wait; what they get at once otherwise.
    mutating func wait(_ ticket: UInt64, _ waiter: Waiter, at now: Duration) -> Grant? {
        // One may have become free since it was asked for.
        if let grant = ask(at: now) { return grant }
        guard line.count < limits.maximumWaiting else {
            return .refuse(PostgresFailure(.overloaded, "\(line.count) tasks wait for a connection already"))
        }
        line.join(ticket, waiter)
        return nil
    }

    /// Lets somebody go who waited; nil when they were served already.
    mutating func leave(_ ticket: UInt64) -> Waiter? { line.leave(ticket) }

    /// A connection was opened by somebody with the right to.
    mutating func opened(at now: Duration) -> [Service] {
        failures = 0
        nextAttempt = .zero
        return serve(at: now)
    }

    /// A connection could not be opened.
    mutating func openingFailed(_ failure: PostgresFailure, at now: Duration) -> [Service] {
        count -= 1
        // A task that was cancelled says nothing about the server.
        if failure.code != .cancelled {
            failures += 1
            lastFailure = failure
            nextAttempt = now + backOff
        }
        return serve(at: now)
    }

    /// A connection came back that can be lent again.
    mutating func cameBack(_ pooled: Pooled, at now: Duration) -> [Service] {
        var pooled = pooled
        pooled.idleSince = now
        free.append(pooled)
        return serve(at: now)
    }

    /// A connection was closed.
    mutating func wentAway(at now: Duration) -> [Service] {
        count -= 1
        return serve(at: now)
    }

    /// Whether a connection that works may be lent again.
    func keeps(_ pooled: Pooled, at now: Duration) -> Bool {
        !isClosed && now - pooled.openedAt < limits.maximumLifetime
    }

    /// Ends the pool: those that can be closed, and those who waited.
    mutating func close(at now: Duration) -> (idle: [Connection], services: [Service]) {
        isClosed = true
        let idle = free.map(\.connection)
        count -= free.count
        free = []
        return (idle, serve(at: now))
    }

    /// Serves whoever waits, as far as that is possible.
    private mutating func serve(at now: Duration) -> [Service] {
        var services: [Service] = []
        while line.count > 0, let grant = grant(at: now) {
            guard let waiter = line.next() else { break }
            services.append((waiter, grant))
        }
        return services
    }

    /// What the next one gets.
    private mutating func grant(at now: Duration) -> Grant? {
        guard !isClosed else { return .refuse(PostgresFailure(.notConnected, "the pool was closed")) }
        if let pooled = free.popLast() { return .use(pooled) }
        guard count < max(1, limits.maximumConnections) else { return nil }
        guard now >= nextAttempt else {
            // Those that are lent will come back; without any, nothing would wake those who wait.
            return count > 0 ? nil : .refuse(lastFailure)
        }
        // After a failure one at a time finds out whether it is over.
        if failures > 0 { nextAttempt = now + backOff }
        count += 1
        return .open
    }

    private var backOff: Duration {
        var backOff = min(limits.shortestBackOff, limits.longestBackOff)
        for _ in 1..<max(failures, 1) {
            guard backOff < limits.longestBackOff / 2 else { return limits.longestBackOff }
            backOff = backOff * 2
        }
        return backOff
    }
}
#endif
