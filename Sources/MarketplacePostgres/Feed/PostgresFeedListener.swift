import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// Listens for the notifications of commits, of other processes above all, from when somebody first waits for one.
final class PostgresFeedListener: Sendable {
    /// How long it waits before it listens again after the connection was lost.
    private static let retry = RetryPolicy.exponential(from: .milliseconds(100), cap: .seconds(10), attempts: nil)

    /// After how long a connection counts as one that held.
    private static let steadiness = Duration.seconds(60)

    private let listen: @Sendable (_ heard: @escaping @Sendable () -> Void) async -> Void
    private let heard: @Sendable () -> Void
    private let timeline: MonotonicTimeline
    private let task = Mutex<(isClosed: Bool, task: Task<Void, Never>?)>((false, nil))

    /// Makes a listener.
    ///
    /// - Parameters:
    ///   - timeline: Measures the pauses.
    ///   - heard: Called for every notification, and whenever some may have been missed.
    ///   - listen: Listens until the connection is lost or the task is cancelled.
    init(
        timeline: MonotonicTimeline,
        heard: @escaping @Sendable () -> Void,
        listen: @escaping @Sendable (_ heard: @escaping @Sendable () -> Void) async -> Void
    ) {
        self.timeline = timeline
        self.heard = heard
        self.listen = listen
    }

    deinit {
        close()
    }

    /// Begins to listen unless it does already.
    func start() {
        task.withLock { state in
            guard !state.isClosed, state.task == nil else { return }
            // Detached, for it serves everybody and not only who happened to begin it.
            state.task = Task.detached { [listen, heard, timeline] in
                var failures = 0
                while !Task.isCancelled {
                    let began = timeline.now
                    await listen(heard)
                    // A connection that held for long says that the server is well again.
                    failures = timeline.now - began > Self.steadiness ? 1 : failures + 1
                    let random = UInt64.random(in: 0...UInt64.max)
                    await timeline.sleep(for: Self.retry.pause(afterFailures: failures, random: random) ?? .zero)
                }
            }
        }
    }

    /// Ends it.
    func close() {
        let running = task.withLock { state in
            state.isClosed = true
            defer { state.task = nil }
            return state.task
        }
        running?.cancel()
    }
}
