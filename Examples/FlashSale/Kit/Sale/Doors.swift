import Synchronization

/// Doors with a number of locks, which let everybody in when the last one is open.
final class Doors: Sendable {
    private struct State {
        var locks: Int
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(locks: Int) {
        state = Mutex(State(locks: locks))
    }

    /// Waits until the doors are open.
    func wait() async {
        await withCheckedContinuation { waiter in
            let isOpen = state.withLock { state in
                if state.locks > 0 { state.waiters.append(waiter) }
                return state.locks <= 0
            }
            if isOpen { waiter.resume() }
        }
    }

    /// Opens one lock.
    func unlock() {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.locks -= 1
            guard state.locks <= 0 else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
