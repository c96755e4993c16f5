/// A monotonic clock read as the time since the timeline was made, whatever the type of the clock's instants.
///
/// Leases, time-outs and back-off are measured on it: it never jumps when somebody sets the wall clock.
public struct MonotonicTimeline: Sendable {
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
        guard deadline > now, !Task.isCancelled else { return }
        // The only error of a clock is the cancellation, which every caller of this method looks for itself.
        try? await pause(deadline)
    }

    /// Returns after `duration`, or as soon as the task is cancelled.
    public func sleep(for duration: Duration) async {
        await sleep(until: now + duration)
    }
}
