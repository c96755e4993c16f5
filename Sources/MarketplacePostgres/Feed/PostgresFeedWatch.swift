import Synchronization

/// Notes for how long the feed has been held back, and when that is to be reported.
final class PostgresFeedWatch: Sendable {
    private struct State {
        var bound = Int64.min
        var since: Duration?
        var reported: Duration?
    }

    private let state = Mutex(State())
    private let tolerance: Duration

    init(tolerance: Duration) {
        self.tolerance = tolerance
    }

    /// Takes note of what a read saw.
    ///
    /// Reported is what lasts longer than is tolerated, and again every time it has lasted as long once more.
    ///
    /// - Parameters:
    ///   - isHeld: Whether events of the reader's namespace wait.
    ///   - bound: Where the feed ends for all namespaces. When it moves, whoever held the feed has let go: where many
    ///     write at once, something is held at every moment, and by nobody for long.
    ///   - now: The time.
    /// - Returns: How long the feed has been held, when that is to be reported now.
    func note(isHeld: Bool, bound: Int64, at now: Duration) -> Duration? {
        state.withLock { state in
            if bound > state.bound { state = State(bound: bound) }
            guard isHeld, bound == state.bound else { return nil }
            let since = state.since ?? now
            state.since = since
            guard now - (state.reported ?? since) >= tolerance, now > since else { return nil }
            state.reported = now
            return now - since
        }
    }
}
