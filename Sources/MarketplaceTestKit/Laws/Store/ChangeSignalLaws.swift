import MarketplaceCore
public import MarketplaceStorage

/// A law of a ``Store`` that is a ``ChangeSignal`` of its feed.
public typealias ChangeSignalLaw = Law<any Store & ChangeSignal>

/// The laws of ``ChangeSignal``, for stores that tell their readers when there may be something new.
public enum ChangeSignalLaws {
    /// How long a waiter may take to notice what it waits for before a law calls the signal lost: far more than any
    /// server needs, so that a busy machine breaks no law.
    public static let defaultPatience = Duration.seconds(10)

    /// All of them, with the default patience.
    public static let all = laws(patience: defaultPatience)

    /// All of them; a waiter that takes longer than `patience` counts as never woken.
    public static func laws(patience: Duration) -> LawSet<any Store & ChangeSignal> {
        LawSet([
            commitsWake(patience), changesBeforeAreNotMissed(patience), waitsEnd(patience),
            cancellationEndsWaits(patience),
        ])
    }

    private static func commitsWake(_ patience: Duration) -> ChangeSignalLaw {
        ChangeSignalLaw(
            "signal.wakes",
            "A commit that appends wakes everyone who waits for something after a position before it."
        ) { store, history in
            let probe = StoreProbe(store, history: history)
            for round in 1...10 {
                let head = try await probe.append(to: StreamID("law", "a")).position
                try await demandEnd(within: patience, "all of 8 waiters wake after commit \(round)") {
                    await withTaskGroup { group in
                        for _ in 0..<8 {
                            group.addTask { await store.waitForChange(after: head, atMost: longestWait) }
                        }
                        // Whether it comes before, while or after they begin to wait is left to chance.
                        for _ in 0..<round { await Task.yield() }
                        group.addTask { _ = try? await probe.append(to: StreamID("law", "a")) }
                        await group.waitForAll()
                    }
                }
            }
        }
    }

    private static func changesBeforeAreNotMissed(_ patience: Duration) -> ChangeSignalLaw {
        ChangeSignalLaw(
            "signal.already-changed",
            "Who waits after a position that the feed has passed already returns at once."
        ) { store, history in
            let probe = StoreProbe(store, history: history)
            let head = try await probe.append(to: StreamID("law", "a")).position
            try await probe.append(to: StreamID("law", "a"))
            for position in [FeedPosition.start, head] {
                try await demandEnd(within: patience, "an end of the wait after \(position), for there is more") {
                    await store.waitForChange(after: position, atMost: longestWait)
                }
            }
        }
    }

    private static func waitsEnd(_ patience: Duration) -> ChangeSignalLaw {
        ChangeSignalLaw("signal.times-out", "A wait for nothing ends after about its limit.") { store, history in
            let probe = StoreProbe(store, history: history)
            let head = try await probe.append(to: StreamID("law", "a")).position
            for limit in [Duration.zero, .milliseconds(-1), .milliseconds(1)] {
                try await demandEnd(within: patience, "an end of a wait of \(limit)") {
                    await store.waitForChange(after: head, atMost: limit)
                }
            }
        }
    }

    private static func cancellationEndsWaits(_ patience: Duration) -> ChangeSignalLaw {
        ChangeSignalLaw("signal.cancelled", "A wait ends at once when its task is cancelled.") { store, history in
            let probe = StoreProbe(store, history: history)
            let head = try await probe.append(to: StreamID("law", "a")).position
            for yields in 0..<10 {
                try await demandEnd(within: patience, "an end of the cancelled wait") {
                    await withTaskGroup { group in
                        group.addTask { await store.waitForChange(after: head, atMost: longestWait) }
                        for _ in 0..<yields { await Task.yield() }
                        group.cancelAll()
                    }
                }
            }
        }
    }

    /// The longest a waiter says it waits: patience ends first, however busy the machine is.
    private static let longestWait = Duration.seconds(3_600)

    /// Performs `body` and demands that it ends within `patience`; after that it is cancelled.
    private static func demandEnd(
        within patience: Duration,
        _ what: String,
        _ body: @escaping @Sendable () async -> Void
    ) async throws {
        let call = LawCall { await body() }
        defer { call.cancel() }
        try await call.end(within: patience, what)
    }
}
