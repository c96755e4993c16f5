import MarketplaceCore

/// The loop that projections and relays share: work while there is something, wait for a signal when there is not.
struct FeedFollower: Sendable {
    /// What one step of the work found.
    struct Step: Sendable {
        /// How far the feed was read.
        let position: FeedPosition
        /// Whether that was the end.
        let isCaughtUp: Bool
        /// How many events were dealt with.
        let count: Int
    }

    let reader: FeedReader
    let control: RunControl
    let signal: any ChangeSignal
    let reading: FeedReading
    let timeline: MonotonicTimeline
    let randomness: any RandomSource
    let observer: any Observer

    /// Steps until drained, cancelled or failed; a failure that passes is waited out.
    func run<Failure: Error>(
        _ step: () async throws(Failure) -> Step,
        waitingOut passes: (Failure) -> Bool
    ) async throws(Failure) {
        try await control.once { () async throws(Failure) in
            var failures = 0
            while !control.shouldStop {
                do throws(Failure) {
                    let found = try await performed(step)
                    failures = 0
                    if found.isCaughtUp { await waitForChange(after: found.position) }
                } catch {
                    if control.shouldStop { return }
                    failures += 1
                    let pause =
                        passes(error)
                        ? reading.retry.pause(afterFailures: failures, random: randomness.next()) : nil
                    observer.record(FeedInterrupted(reader: reader, reason: "\(error)", pause: pause))
                    guard let pause else { throw error }
                    await control.idle { [timeline] in await timeline.sleep(for: pause) }
                }
            }
        }
    }

    /// Steps until the end of the feed is reached, and returns how many events were dealt with.
    func catchUp<Failure: Error>(_ step: () async throws(Failure) -> Step) async throws(Failure) -> Int {
        var count = 0
        while true {
            let found = try await performed(step)
            count += found.count
            if found.isCaughtUp { return count }
        }
    }

    private func performed<Failure: Error>(_ step: () async throws(Failure) -> Step) async throws(Failure) -> Step {
        let found = try await step()
        if found.count > 0 {
            observer.record(FeedBatchEnded(reader: reader, count: found.count, position: found.position))
        }
        return found
    }

    private func waitForChange(after position: FeedPosition) async {
        await control.idle { [signal, reading] in
            await signal.waitForChange(after: position, atMost: reading.poll)
        }
    }
}
