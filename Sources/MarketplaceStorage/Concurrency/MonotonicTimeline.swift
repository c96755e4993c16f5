/// A monotonic clock read as the time since the timeline was made, whatever the type of the clock's instants.
///
/// Leases, time-outs and back-off are measured on it: it never jumps when somebody sets the wall clock.
public struct MonotonicTimeline: Sendable {
    /// The longest single pause: the clocks of the system trap on one whose nanoseconds do not fit 64 bits.
    private static let longestPause = Duration.seconds(365 * 24 * 60 * 60)

    private let read: @Sendable () -> Duration
    private let pause: @Sendable (Duration) async throws -> Void

    /// A timeline that begins now on `clock`.
    public init(_ clock: any Clock<Duration> = ContinuousClock()) {
        self.init(opening: clock)
    }

    private init<Opened: Clock>(opening clock: Opened) where Opened.Duration == Duration {
        let origin = clock.now
        read = { origin.duration(to: clock.now) }
        pause = { deadline in try await clock.sleep(until: origin.advanced(by: deadline), tolerance: nil) }
    }

    /// The time since the timeline was made.
    public var now: Duration { read() }

    /// Returns when ``now`` has reached `deadline`, or as soon as the task is cancelled.
    public func sleep(until deadline: Duration) async {
        while !Task.isCancelled {
            let now = now
            guard deadline > now else { return }
            // The only error of a clock is the cancellation, which every caller of this method looks for itself.
            try? await pause(min(deadline, now + Self.longestPause))
        }
    }

    /// Returns after `duration`, or as soon as the task is cancelled.
    public func sleep(for duration: Duration) async {
        await sleep(until: deadline(after: duration))
    }

    /// What ``now`` will be after `duration`, which may be as long as anybody likes.
    public func deadline(after duration: Duration) -> Duration {
        now + min(duration, Self.longestPause * 100)
    }
}
