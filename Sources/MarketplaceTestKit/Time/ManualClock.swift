public import MarketplaceCore
import Synchronization

/// A clock that stands still until it is advanced: the monotonic clock of a test, with a wall clock at ``wall``.
///
/// Whoever sleeps on it is resumed when the time it waits for is reached, in the order of those times. No test needs
/// to wait for real.
public final class ManualClock: Clock {
    /// A point on the clock: the time since it was made.
    public struct Instant: InstantProtocol {
        /// The time since the clock was made.
        public let offset: Duration

        /// The instant `duration` later.
        public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        /// The time from this instant to `other`.
        public func duration(to other: Instant) -> Duration { other.offset - offset }
        /// Whether the left one is earlier.
        public static func < (lhs: Instant, rhs: Instant) -> Bool { lhs.offset < rhs.offset }
    }

    private struct Sleeper {
        let id: UInt64
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var wallTime: Timestamp
        var nextID: UInt64 = 0
        var sleepers: [Sleeper] = []
        var watchers: [(id: UInt64, count: Int, continuation: CheckedContinuation<Void, Never>)] = []

        /// Takes out those who watch for as many sleepers as there are now.
        mutating func takeSatisfiedWatchers() -> [CheckedContinuation<Void, Never>] {
            let satisfied = watchers.filter { $0.count <= sleepers.count }.map(\.continuation)
            watchers.removeAll { $0.count <= sleepers.count }
            return satisfied
        }
    }

    private let state: Mutex<State>

    /// A clock that shows `start` on its wall.
    public init(start: Timestamp = Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000)) {
        state = Mutex(State(wallTime: start))
    }

    /// The monotonic time.
    public var now: Instant { state.withLock { $0.now } }

    /// The wall clock, which moves along.
    public var wall: ManualWallClock { ManualWallClock(clock: self) }

    /// The wall-clock time.
    var wallTime: Timestamp { state.withLock { $0.wallTime } }

    /// Advances both clocks and resumes every sleeper whose time has come.
    public func advance(by duration: Duration) {
        precondition(duration >= .zero, "a monotonic clock does not go back")
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            state.wallTime = state.wallTime.advanced(by: duration)
            let now = state.now
            let due = state.sleepers.filter { $0.deadline <= now }.sorted { $0.deadline < $1.deadline }
            state.sleepers.removeAll { $0.deadline <= now }
            return due
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Sets the wall clock alone, forwards or back, as an administrator or a time service does.
    public func setWallTime(_ time: Timestamp) {
        state.withLock { $0.wallTime = time }
    }

    /// Advances to the time of the sleeper who wakes first; false when nobody sleeps.
    @discardableResult
    public func advanceToNextSleeper() -> Bool {
        let step = state.withLock { state in
            state.sleepers.map(\.deadline).min().map { Swift.max(.zero, state.now.duration(to: $0)) }
        }
        guard let step else { return false }
        advance(by: step)
        return true
    }

    /// Waits until at least `count` tasks sleep on the clock, so that a test can advance it for them.
    ///
    /// Returns at once when the waiting task is cancelled.
    public func waitForSleepers(_ count: Int = 1) async {
        let id = nextID()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isSatisfied = state.withLock { state in
                    if Task.isCancelled || state.sleepers.count >= count { return true }
                    state.watchers.append((id, count, continuation))
                    return false
                }
                if isSatisfied { continuation.resume() }
            }
        } onCancel: {
            let watcher = state.withLock { state in
                state.watchers.firstIndex { $0.id == id }.map { state.watchers.remove(at: $0) }
            }
            watcher?.continuation.resume()
        }
    }

    /// Performs `body`, and all the while advances the clock to whoever sleeps on it.
    ///
    /// Time passes as fast as tasks go to sleep, so a pause of an hour takes no time. A time-out passes as well,
    /// whether or not what it guards is still at work: leave time-outs off where they are not what is tested.
    public func advancing<Value: Sendable>(
        while body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    await self.waitForSleepers()
                    self.advanceToNextSleeper()
                }
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private func nextID() -> UInt64 {
        state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
    }

    /// How many tasks sleep on the clock.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }
}

extension ManualClock {
    /// The smallest step of the clock.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// Suspends until the clock is advanced to `deadline`; throws when the task is cancelled before.
    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        let id = nextID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enter(Sleeper(id: id, deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func enter(_ sleeper: Sleeper) {
        enum Outcome { case due, cancelled, sleeping }
        let (outcome, watchers) = state.withLock { state in
            if Task.isCancelled { return (Outcome.cancelled, [CheckedContinuation<Void, Never>]()) }
            if sleeper.deadline <= state.now { return (.due, []) }
            state.sleepers.append(sleeper)
            return (.sleeping, state.takeSatisfiedWatchers())
        }
        switch outcome {
        case .due: sleeper.continuation.resume()
        case .cancelled: sleeper.continuation.resume(throwing: CancellationError())
        case .sleeping: for watcher in watchers { watcher.resume() }
        }
    }

    private func cancel(_ id: UInt64) {
        let sleeper = state.withLock { state in
            state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
