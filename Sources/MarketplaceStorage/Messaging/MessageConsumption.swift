public import MarketplaceCore

/// How a consumer takes messages from its bus.
public struct MessageConsumption: Hashable, Sendable {
    /// The most messages that are handled side by side.
    public let batchSize: Int
    /// How long one receive waits for a message.
    public let wait: Duration
    /// How often a message that its handler could not deal with is delivered before it is given up as a dead letter,
    /// and the pauses between the deliveries.
    public let retry: RetryPolicy
    /// How often a failure of the bus that passes is waited out in a row before the consumer ends with it.
    public let busRetry: RetryPolicy

    /// Makes the settings.
    ///
    /// Sixteen messages side by side keep a store with group commit busy; a receive of five seconds keeps an idle
    /// consumer cheap. Ten deliveries with the default pauses span two to four minutes.
    public init(
        batchSize: Int = 16,
        wait: Duration = .seconds(5),
        retry: RetryPolicy = .exponential(from: .milliseconds(500), cap: .seconds(60), attempts: 10, jitter: .equal),
        busRetry: RetryPolicy = .exponential(from: .milliseconds(100), cap: .seconds(10), attempts: nil, jitter: .equal)
    ) {
        precondition((1...StoreLimits.pageSize).contains(batchSize), "at least one message is handled at a time")
        precondition(wait >= .zero, "a wait is not negative")
        self.batchSize = batchSize
        self.wait = wait
        self.retry = retry
        self.busRetry = busRetry
    }

    /// How a delivery is settled that ended in `error`, given 64 random bits for the jitter.
    ///
    /// What was refused would be refused again: it is a dead letter at once. What says nothing about the message, a
    /// store that is down, say, is retried for as long as it takes. Everything else is retried up to the limit.
    func settlement(of delivery: MessageDelivery, after error: InboxError, random: UInt64) -> MessageSettlement {
        if !error.isOperational, error.effect == .refused { return .deadLetter(reason: "refused: \(error)") }
        if let pause = retry.pause(afterFailures: delivery.attempt, random: random) { return .retry(after: pause) }
        if error.isOperational { return .retry(after: retry.jitter.pause(upTo: retry.cap, random: random)) }
        return .deadLetter(reason: "after \(delivery.attempt) attempts: \(error)")
    }
}
