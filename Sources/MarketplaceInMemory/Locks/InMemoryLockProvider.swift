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
    fileprivate struct State {
        var table: LockTable
        /// How far everybody who waits has come, by ticket.
        var seats: [LockTable.Ticket: LockSeat] = [:]
        /// What wakes the table when a lease or a wait is over; nil while nobody waits.
        var alarm: LockAlarm?
        var lastAlarm: UInt64 = 0
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
        let now = timeline.now
        if let grant = change({ $0.table.take(keys.sorted, length: lease, at: now) }) {
            return .acquired(self.lease(keys, grant, length: lease))
        }
        guard wait > .zero else { return .busy }
        if let grant = await waitForGrant(keys, lease: lease, until: timeline.deadline(after: wait), at: now) {
            return .acquired(self.lease(keys, grant, length: lease))
        }
        if Task.isCancelled { throw LockError(.cancelled, "while waiting for \(keys)") }
        return .busy
    }

    /// How many callers wait.
    public var waiterCount: Int { state.withLock { $0.table.waiterCount } }

    /// What is kept for leases and those who wait for them; for tests, which assert that nothing is left behind.
    package var residue: Int { state.withLock { $0.table.residue + $0.seats.count } }

    // MARK: - Waiting

    /// Stands in line until the turn has come; nil when that takes too long or the task is cancelled.
    private func waitForGrant(
        _ keys: LockKeys,
        lease: Duration,
        until deadline: Duration,
        at now: Duration
    ) async -> LockTable.Grant? {
        let ticket = change { state in
            let ticket = state.table.enter(keys.sorted, length: lease, until: deadline, at: now)
            state.seats[ticket] = .entering
            return ticket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { sit(with: ticket, $0) }
        } onCancel: {
            giveUp(ticket)
        }
    }

    /// Waits for the turn of a ticket, unless its wait is over already.
    private func sit(with ticket: LockTable.Ticket, _ continuation: CheckedContinuation<LockTable.Grant?, Never>) {
        let (isOver, grant) = change { state -> (Bool, LockTable.Grant?) in
            if case .entering = state.seats[ticket] {
                state.seats[ticket] = .waiting(continuation)
                return (false, nil)
            }
            state.seats[ticket] = nil
            return (true, state.table.takeGrant(of: ticket))
        }
        if isOver { continuation.resume(returning: grant) }
    }

    /// Ends the waiting of a ticket, unless it is over already.
    private func giveUp(_ ticket: LockTable.Ticket) {
        let now = timeline.now
        let continuation = change { state -> CheckedContinuation<LockTable.Grant?, Never>? in
            guard let seat = state.seats[ticket] else { return nil }
            state.table.leave(ticket, at: now)
            guard case .waiting(let continuation) = seat else {
                state.seats[ticket] = .over
                return nil
            }
            state.seats[ticket] = nil
            return continuation
        }
        continuation?.resume(returning: nil)
    }

    /// Changes the table and wakes, after the lock, everybody whose wait is over by that.
    private func change<Value: Sendable>(_ body: (inout sending State) -> Value) -> Value {
        let (value, settled, obsolete) = state.withLock { state in
            let value = body(&state)
            return (value, state.takeSettled(), setAlarm(&state))
        }
        obsolete?.cancel()
        for (continuation, grant) in settled { continuation.resume(returning: grant) }
        return value
    }

    /// Sets the alarm to when the table changes by itself, and returns the task of one that is not needed any more.
    ///
    /// One that is set too early stays: it looks, and is set again.
    private func setAlarm(_ state: inout State) -> Task<Void, Never>? {
        let due = state.table.nextChange
        guard state.alarm != nil || due != nil else { return nil }
        if let alarm = state.alarm, let due, alarm.due <= due { return nil }
        let obsolete = state.alarm?.task
        state.lastAlarm += 1
        let number = state.lastAlarm
        state.alarm = due.map { due in
            // Only begun under the lock; detached, for it serves everybody and not only who happened to begin it.
            let task = Task.detached { [weak self, timeline] in
                await timeline.sleep(until: due)
                if !Task.isCancelled { self?.ring(number) }
            }
            return LockAlarm(number: number, due: due, task: task)
        }
        return obsolete
    }

    private func ring(_ number: UInt64) {
        let now = timeline.now
        change { state in
            if state.alarm?.number == number { state.alarm = nil }
            state.table.settle(at: now)
        }
    }

    private func lease(_ keys: LockKeys, _ grant: LockTable.Grant, length: Duration) -> Lease {
        let token = FencingToken(grant.number)
        return Lease(
            keys: keys.sorted,
            tokens: Dictionary(uniqueKeysWithValues: keys.sorted.lazy.map { ($0, token) }),
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

extension InMemoryLockProvider.State {
    /// Those who sit and whose wait is over, with what they were given; those who do not sit yet learn it then.
    fileprivate mutating func takeSettled() -> [(CheckedContinuation<LockTable.Grant?, Never>, LockTable.Grant?)] {
        let tickets = table.takeSettled()
        guard !tickets.isEmpty else { return [] }
        return tickets.compactMap { ticket in
            switch seats[ticket] {
            case .waiting(let continuation):
                seats[ticket] = nil
                return (continuation, table.takeGrant(of: ticket))
            case .entering:
                seats[ticket] = .over
                return nil
            case .over, nil: return nil
            }
        }
    }
}
