/// How a consumer takes messages from its bus.
public struct MessageConsumption: Hashable, Sendable {
    /// The most messages that are handled side by side.
    public let batchSize: Int
    /// How long one receive waits for a message.
    public let wait: Duration
    /// What is done with a message that its handler could not deal with.
    public let retry: MessageRetryPolicy
    /// The waits after a failure of the bus that passes.
    public let busBackoff: Backoff

    /// Makes the settings.
    ///
    /// Sixteen messages side by side keep a store with group commit busy; a receive of five seconds keeps an idle
    /// consumer cheap.
    public init(
        batchSize: Int = 16,
        wait: Duration = .seconds(5),
        retry: MessageRetryPolicy = MessageRetryPolicy(),
        busBackoff: Backoff = .exponential(first: .milliseconds(100), cap: .seconds(10))
    ) {
        precondition((1...StoreLimits.pageSize).contains(batchSize), "at least one message is handled at a time")
        precondition(wait >= .zero, "a wait is not negative")
        self.batchSize = batchSize
        self.wait = wait
        self.retry = retry
        self.busBackoff = busBackoff
    }
}
