import Synchronization

/// Holds commits just before they take effect, so that a law decides in which order they do.
///
/// A driver for tests passes the gate as the last thing before its `COMMIT`, when all writes have been made. While no
/// law holds the gate, passing it takes no time.
public final class StoreGate: Sendable {
    private struct State {
        var isHeld = false
        var lastTicket = 0
        var waiting: [(ticket: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// A gate that stands open.
    public init() {}

    /// Returns when the law lets this commit go on.
    ///
    /// Cancelling the task does not end the wait: a commit that stands at the gate is under way.
    public func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                guard state.isHeld else { return true }
                state.lastTicket += 1
                state.waiting.append((state.lastTicket, continuation))
                return false
            }
            if isOpen { continuation.resume() }
        }
    }

    /// Those who stand at the gate, the first to come first, by numbers that are never used again.
    var tickets: [Int] { state.withLock { $0.waiting.map(\.ticket) } }

    /// Holds whoever comes from now on.
    func close() {
        state.withLock { $0.isHeld = true }
    }

    /// Lets one go on.
    func release(_ ticket: Int) {
        let released = state.withLock { state in
            state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0).continuation }
        }
        released?.resume()
    }

    /// Lets everyone go on, and whoever comes after them.
    func open() {
        let released = state.withLock { state in
            state.isHeld = false
            defer { state.waiting = [] }
            return state.waiting.map(\.continuation)
        }
        for continuation in released { continuation.resume() }
    }
}
