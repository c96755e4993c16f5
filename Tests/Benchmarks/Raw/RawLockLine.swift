import Synchronization

/// The raw limit of waiting for a lock in turn: a line of continuations under one lock, with nothing around it.
final class RawLockLine: Sendable {
    private struct State {
        var isHeld = false
        var waiting: [UnsafeContinuation<Void, Never>] = []
        /// The first of ``waiting`` that was not served yet.
        var first = 0
    }

    private let state = Mutex(State())

    /// How many wait.
    var waiterCount: Int { state.withLock { $0.waiting.count - $0.first } }

    /// Returns once the lock is the caller's, in the order of the calls.
    func acquire() async {
        await withUnsafeContinuation { continuation in
            let isFree = state.withLock { state -> Bool in
                defer { state.isHeld = true }
                if state.isHeld { state.waiting.append(continuation) }
                return !state.isHeld
            }
            if isFree { continuation.resume() }
        }
    }

    /// Hands the lock to whoever has waited longest.
    func release() {
        let next = state.withLock { state -> UnsafeContinuation<Void, Never>? in
            guard state.first < state.waiting.count else {
                state.isHeld = false
                return nil
            }
            defer { state.first += 1 }
            return state.waiting[state.first]
        }
        next?.resume()
    }
}
