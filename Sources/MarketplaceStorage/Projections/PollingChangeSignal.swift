/// The signal for stores that have none of their own: it comes every so often, whether or not there is something.
public struct PollingChangeSignal: ChangeSignal {
    private let interval: Duration
    private let timeline: MonotonicTimeline

    /// Makes the signal.
    public init(every interval: Duration, clock: any Clock<Duration> = ContinuousClock()) {
        precondition(interval > .zero, "the time between two polls must be positive")
        self.interval = interval
        timeline = MonotonicTimeline(clock)
    }

    /// Returns after the interval or the limit, whichever is shorter.
    public func waitForChange(after position: FeedPosition, atMost limit: Duration) async {
        await timeline.sleep(for: min(interval, limit))
    }
}

extension ChangeSignal where Self == PollingChangeSignal {
    /// A signal that comes every so often.
    public static func polling(
        every interval: Duration,
        clock: any Clock<Duration> = ContinuousClock()
    ) -> PollingChangeSignal {
        PollingChangeSignal(every: interval, clock: clock)
    }
}
