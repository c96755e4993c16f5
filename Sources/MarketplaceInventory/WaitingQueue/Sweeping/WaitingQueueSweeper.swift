public import MarketplaceCore
public import MarketplaceStorage
import Synchronization

/// Moves a waiting queue from time to time, so that tickets are called and no-shows noticed when nobody asks.
///
/// Any number of sweepers may run on one queue: the line moves once.
public final class WaitingQueueSweeper: Sendable {
    /// How long a sweeper pauses unless told otherwise: as long as a queue rests between two moves unless told
    /// otherwise.
    public static let defaultInterval = WaitingQueueTerms.defaultCallInterval

    private let queue: any WaitingQueue
    private let wallClock: any WallClock
    private let observer: any Observer
    private let rounds: RoundLoop
    private let last = Mutex<WaitingQueueFigures?>(nil)

    /// A sweeper.
    ///
    /// - Parameters:
    ///   - queue: Which queue is moved.
    ///   - wallClock: Tells what time it is.
    ///   - interval: The pause between two sweeps.
    ///   - clock: Measures the pause.
    ///   - observer: Is told of every sweep that found the line moved or that failed.
    public init(
        queue: any WaitingQueue,
        wallClock: any WallClock = .system,
        interval: Duration = WaitingQueueSweeper.defaultInterval,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent
    ) {
        self.queue = queue
        self.wallClock = wallClock
        self.observer = observer
        rounds = RoundLoop("the sweeper of a waiting queue", interval: interval, clock: clock)
    }

    /// Sweeps from time to time, until drained or cancelled (then it returns).
    ///
    /// It can be run once; a second run is a mistake of the caller.
    ///
    /// - Throws: The error of the queue when trying again will not help. Other failures are left to the next sweep.
    public func run() async throws(WaitingQueueError) {
        try await rounds.run { () async throws(WaitingQueueError) in
            try await sweep()
        } retrying: { error in
            observer.record(WaitingQueueSweepFailed(error: error))
            return error.isRetriable
        }
    }

    /// Lets ``run()`` finish its sweep and return, and waits for that.
    public func drain() async {
        await rounds.drain()
    }

    /// Moves the line once, if it is time for that, and returns how it stands then.
    @discardableResult
    public func sweep() async throws(WaitingQueueError) -> WaitingQueueFigures {
        let figures = try await queue.advance(to: wallClock.now)
        // What was before the first sweep, of another process perhaps, is not this one's to tell.
        let earlier = last.withLock { last in
            defer { last = figures }
            return last ?? figures
        }
        let called = figures.called - earlier.called
        let noShows = figures.noShows - earlier.noShows
        if called != 0 || noShows != 0 {
            observer.record(WaitingQueueMoved(called: called, noShows: noShows, waiting: figures.waiting))
        }
        return figures
    }
}
