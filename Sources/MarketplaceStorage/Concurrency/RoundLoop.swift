/// Work in rounds, with a pause after each, until it is drained or cancelled, or fails for good.
package struct RoundLoop: Sendable {
    private let control: RunControl
    private let interval: Duration
    private let timeline: MonotonicTimeline

    /// Rounds of what `name` says, with so long a pause between them by that clock.
    package init(_ name: String, interval: Duration, clock: any Clock<Duration>) {
        control = RunControl(name)
        self.interval = interval
        timeline = MonotonicTimeline(clock)
    }

    /// Does one round after the other, and returns when drained or cancelled.
    ///
    /// It can be run once.
    ///
    /// - Parameters:
    ///   - round: One round.
    ///   - retrying: Is told of a failure, and says whether the next round may succeed.
    /// - Throws: The failure that `retrying` gives no chance.
    package func run<Failure: Error>(
        _ round: () async throws(Failure) -> Void,
        retrying: (Failure) -> Bool
    ) async throws(Failure) {
        try await control.once { () async throws(Failure) in
            while !control.shouldStop {
                do throws(Failure) {
                    try await round()
                } catch {
                    if control.shouldStop { return }
                    guard retrying(error) else { throw error }
                }
                await control.idle { [timeline, interval] in await timeline.sleep(for: interval) }
            }
        }
    }

    /// Lets ``run(_:retrying:)`` finish its round and return, and waits for that.
    package func drain() async {
        await control.drain()
    }
}
