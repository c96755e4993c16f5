import Synchronization

/// Notes for how long the feed has been held back, and when that is to be reported.
final class PostgresFeedWatch: Sendable {
    private struct State {
        var since: Duration?
        var reported: Duration?
    }

    private let state = Mutex(State())
    private let tolerance: Duration

    init(tolerance: Duration) {
        self.tolerance = tolerance
    }

    /// Takes note of what a read saw; returns how long the feed has been held when that is to be reported now.
    ///
    /// Reported is what lasts longer than is tolerated, and again every time it has lasted as long once more.
    func note(isHeld: Bool, at now: Duration) -> Duration? {
        state.withLock { state in
            guard isHeld else {
                state = State()
                return nil
            }
            let since = state.since ?? now
            state.since = since
            guard now - (state.reported ?? since) >= tolerance, now > since else { return nil }
            state.reported = now
            return now - since
        }
    }
}
