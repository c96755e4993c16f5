import Synchronization

/// The calls that a law makes of its subject, in the order in which they ended.
///
/// Each line begins with two ticks: when the call began and when it ended. Calls whose ticks overlap ran at once.
public final class LawHistory: Sendable {
    /// The most calls that are kept, the last ones: enough to see what led to a breach, few enough to be read.
    public static let maximumLength = 200

    private struct State {
        var tick = 0
        var lines: [String] = []
        var dropped = 0
    }

    private let state = Mutex(State())

    /// An empty history.
    public init() {}

    /// Notes that a call begins, and returns the tick of it.
    public func begin() -> Int {
        state.withLock { state in
            state.tick += 1
            return state.tick
        }
    }

    /// Notes that the call that began at `tick` has ended.
    public func end(_ tick: Int, _ call: String) {
        state.withLock { state in
            state.tick += 1
            state.lines.append("[\(tick)–\(state.tick)] \(call)")
            // Twice the length before the oldest half goes keeps the cost per call constant.
            if state.lines.count >= 2 * Self.maximumLength {
                state.dropped += state.lines.count - Self.maximumLength
                state.lines.removeFirst(state.lines.count - Self.maximumLength)
            }
        }
    }

    /// The calls, one a line.
    public var lines: [String] {
        state.withLock { state in
            let kept = state.lines.suffix(Self.maximumLength)
            let dropped = state.dropped + state.lines.count - kept.count
            return (dropped > 0 ? ["… \(dropped) calls before"] : []) + kept
        }
    }
}
