public import MarketplaceCore
import Synchronization

/// A lock on keys that ends by itself.
///
/// The remaining time is measured on the holder's monotonic clock from **before** the lease was asked for, so that it
/// never looks longer than it is to whoever gave it.
public final class Lease: Sendable {
    private struct State {
        var deadline: Duration
        var end: LeaseEnd?
    }

    /// The keys, in ascending order.
    public let keys: [FenceKey]
    /// The fencing token of each key.
    public let tokens: [FenceKey: FencingToken]

    private let timeline: MonotonicTimeline
    private let keeper: any LeaseKeeper
    private let observer: any Observer
    private let state: Mutex<State>
    private let changes = ChangeNotifier()

    /// Makes a lease; for adapters.
    ///
    /// - Parameters:
    ///   - tokens: The fencing token of each key.
    ///   - length: How long the lease lasts.
    ///   - start: The time on `timeline` just before the lease was asked for.
    ///   - timeline: The holder's monotonic clock.
    ///   - keeper: What renews and releases it.
    ///   - observer: Is told that it was given and, later, that it is over.
    public convenience init(
        tokens: [FenceKey: FencingToken],
        length: Duration,
        from start: Duration,
        on timeline: MonotonicTimeline,
        keeper: any LeaseKeeper,
        observer: any Observer = .silent
    ) {
        self.init(
            keys: tokens.keys.sorted(),
            tokens: tokens,
            length: length,
            from: start,
            on: timeline,
            keeper: keeper,
            observer: observer
        )
    }

    /// Makes a lease on keys that are known to be those of the tokens, in ascending order.
    package init(
        keys: [FenceKey],
        tokens: [FenceKey: FencingToken],
        length: Duration,
        from start: Duration,
        on timeline: MonotonicTimeline,
        keeper: any LeaseKeeper,
        observer: any Observer
    ) {
        self.keys = keys
        self.tokens = tokens
        self.timeline = timeline
        self.keeper = keeper
        self.observer = observer
        state = Mutex(State(deadline: start + length))
        observer.record(LeaseGiven(keys: keys, length: length))
    }

    /// How long the lease lasts from now on; zero when it is over.
    public var remaining: Duration {
        let now = timeline.now
        return state.withLock { $0.end == nil ? max($0.deadline - now, .zero) : .zero }
    }

    /// Whether the lease is not over yet, as far as the holder's clock can tell.
    public var isHeld: Bool { end == nil }

    /// Why the lease is over; nil while it is held, as far as the holder's clock can tell.
    public var end: LeaseEnd? {
        let now = timeline.now
        return state.withLock { $0.end ?? (now >= $0.deadline ? .expired : nil) }
    }

    /// Makes the lease last `length` from now on; returns false, for good, when it is held no longer.
    ///
    /// A lease that has run out is not renewed, even when nobody has taken the keys: the work it guarded was told.
    public func renew(for length: Duration) async throws(LockError) -> Bool {
        try LockLimits.validate(lease: length)
        guard isHeld else {
            end(as: .expired)
            return false
        }
        let start = timeline.now
        guard try await keeper.renew(for: length) else {
            end(as: .takenOver)
            return false
        }
        let isStillHeld = state.withLock { state in
            guard state.end == nil else { return false }
            state.deadline = start + length
            return true
        }
        changes.notify()
        return isStillHeld
    }

    /// Frees the keys; harmless when they are held no longer, and when called again.
    @discardableResult
    public func release() async throws(LockError) -> LeaseReleaseOutcome {
        let now = timeline.now
        let end = finish { now >= $0.deadline ? .expired : .released }
        // What keeps the locks may not have noticed yet that the time is over, and still takes the keys for held.
        let outcome = try await keeper.release()
        return end == .expired ? .notHeld : outcome
    }

    /// Waits until the lease is over, and says why; nil when the waiting task is cancelled before.
    public func waitForEnd() async -> LeaseEnd? {
        while !Task.isCancelled {
            let version = changes.version
            let now = timeline.now
            let (end, deadline) = state.withLock { ($0.end, $0.deadline) }
            if let end { return end }
            if now >= deadline {
                self.end(as: .expired)
            } else {
                await changes.wait(since: version, until: deadline, on: timeline)
            }
        }
        return nil
    }

    /// Returns after `duration` on the clock of the lease, or as soon as the task is cancelled.
    func wait(for duration: Duration) async {
        await timeline.sleep(for: duration)
    }

    private func end(as reason: LeaseEnd) {
        finish { _ in reason }
    }

    /// Ends the lease for a reason, unless it is over already, and returns why it is: the first reason stands.
    @discardableResult
    private func finish(_ reason: (State) -> LeaseEnd) -> LeaseEnd {
        let (end, isFirst) = state.withLock { state in
            let isFirst = state.end == nil
            let end = state.end ?? reason(state)
            state.end = end
            return (end, isFirst)
        }
        if isFirst {
            changes.notify()
            observer.record(LeaseEnded(keys: keys, end: end))
        }
        return end
    }
}

extension Transaction {
    /// Requires that no later lease on any of the lease's keys has been seen by the store, and shows it this one.
    public mutating func require(_ lease: Lease) {
        for key in lease.keys {
            guard let token = lease.tokens[key] else { continue }
            require(.fence(key, token))
        }
    }
}
