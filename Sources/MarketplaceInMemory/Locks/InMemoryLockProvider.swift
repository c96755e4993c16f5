public import MarketplaceCore
public import MarketplaceStorage
import Synchronization

/// Leases within one process, served in the order they were asked for.
///
/// A caller who waits for several keys stands in the line of each of them, and is served when it heads all of them and
/// all are free. So nobody is overtaken on any key, and callers who name their keys in opposite orders do not wait for
/// each other.
///
/// Tokens are numbers of this process. Where they guard a store that outlives it, begin above all earlier ones, for
/// instance with the microseconds of the wall clock: the store refuses lower ones.
public final class InMemoryLockProvider: FairLockProvider {
    private struct State {
        var table: LockTable
        /// What wakes whoever waits with a ticket.
        var bells: [LockTable.Ticket: ChangeNotifier] = [:]
    }

    private let state: Mutex<State>
    private let timeline: MonotonicTimeline
    private let observer: any Observer

    /// A provider of which nothing is held.
    ///
    /// - Parameters:
    ///   - clock: The monotonic clock that leases and waits are measured on.
    ///   - firstToken: The first fencing token.
    ///   - observer: Is told of every lease that is given, and of its end.
    public init(
        clock: any Clock<Duration> = ContinuousClock(),
        firstToken: UInt64 = 1,
        observer: any Observer = .silent
    ) {
        self.observer = observer
        timeline = MonotonicTimeline(clock)
        state = Mutex(State(table: LockTable(firstToken: firstToken)))
    }

    /// Asks for a lease on `keys`, and waits up to `wait` for it.
    public func acquire(_ keys: LockKeys, lease: Duration, wait: Duration) async throws(LockError) -> LockOutcome {
        try LockLimits.validate(lease: lease, wait: wait)
        if Task.isCancelled { throw LockError(.cancelled, "before a lease was asked for") }
        let bell = ChangeNotifier()
        let entered = timeline.now
        let ticket = change { state in
            let ticket = state.table.enter(keys.sorted, length: lease, at: entered)
            state.bells[ticket] = bell
            return ticket
        }
        while true {
            let version = bell.version
            let now = timeline.now
            let (grant, nextExpiry) = change { state in
                let grant = state.table.takeGrant(of: ticket, at: now)
                if grant != nil { state.bells[ticket] = nil }
                return (grant, state.table.nextExpiry)
            }
            if let grant { return .acquired(self.lease(keys, grant, length: lease)) }
            let deadline = entered + wait
            guard now < deadline, !Task.isCancelled else {
                change { state in
                    state.table.leave(ticket, at: now)
                    state.bells[ticket] = nil
                }
                if Task.isCancelled { throw LockError(.cancelled, "while waiting for \(keys)") }
                return .busy
            }
            await bell.wait(since: version, until: min(deadline, nextExpiry ?? deadline), on: timeline)
        }
    }

    /// How many callers wait.
    public var waiterCount: Int { state.withLock { $0.table.waiterCount } }

    /// What is kept for leases and those who wait for them; for tests, which assert that nothing is left behind.
    package var residue: Int { state.withLock { $0.table.residue + $0.bells.count } }

    /// Changes the table and wakes, after the lock, whoever was served by that.
    private func change<Value: Sendable>(_ body: (inout sending State) -> Value) -> Value {
        let (value, bells) = state.withLock { state in
            let value = body(&state)
            return (value, state.table.takeServed().compactMap { state.bells[$0] })
        }
        for bell in bells { bell.notify() }
        return value
    }

    private func lease(_ keys: LockKeys, _ grant: LockTable.Grant, length: Duration) -> Lease {
        let token = FencingToken(grant.number)
        return Lease(
            tokens: Dictionary(uniqueKeysWithValues: keys.sorted.map { ($0, token) }),
            length: length,
            from: grant.start,
            on: timeline,
            keeper: Keeper(provider: self, number: grant.number),
            observer: observer
        )
    }

    private struct Keeper: LeaseKeeper {
        let provider: InMemoryLockProvider
        let number: LockTable.LeaseNumber

        func renew(for length: Duration) async throws(LockError) -> Bool {
            provider.change { $0.table.renew(number, for: length, at: provider.timeline.now) }
        }

        func release() async throws(LockError) -> LeaseReleaseOutcome {
            let now = provider.timeline.now
            let wasHeld = provider.change { $0.table.release(number, at: now) }
            return wasHeld ? .released : .notHeld
        }
    }
}
