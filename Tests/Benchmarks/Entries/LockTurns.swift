import Synchronization

/// Who had the lock when: filled in by the waiters themselves.
final class LockTurns: Sendable {
    private struct State {
        var start = ContinuousClock.now
        var turns: [(waiter: Int, time: ContinuousClock.Instant)] = []
    }

    private let state: Mutex<State>

    /// Turns of so many waiters.
    init(_ count: Int) {
        var initial = State()
        initial.turns.reserveCapacity(count)
        state = Mutex(initial)
    }

    /// The lock is about to be released for the first time.
    func begin() {
        state.withLock { $0.start = .now }
    }

    /// The lock is that waiter's.
    func take(by waiter: Int) {
        let now = ContinuousClock.now
        state.withLock { $0.turns.append((waiter, now)) }
    }

    /// The waits, and as the witness how many had their turn; in order, those who had another's do not count.
    func answer(isInOrder: Bool) -> RoundAnswer {
        state.withLock { state in
            let counted =
                isInOrder ? state.turns.indices.count { state.turns[$0].waiter == $0 } : state.turns.count
            return RoundAnswer(
                witness: Int64(counted),
                waitNanoseconds: state.turns.map { turn in
                    Int64(state.start.duration(to: turn.time) / .nanoseconds(1))
                }
            )
        }
    }
}
