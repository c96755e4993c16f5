import MarketplaceCore

/// What a consumer does with a message that its handler could not deal with.
public struct MessageRetryPolicy: Hashable, Sendable {
    /// The most deliveries before a message is given up as a dead letter.
    public let attempts: Int
    /// The waits between them.
    public let backoff: Backoff

    /// Makes a policy; ten attempts with the default back-off span about four minutes.
    public init(attempts: Int = 10, backoff: Backoff = .exponential(first: .milliseconds(500), cap: .seconds(60))) {
        precondition(attempts >= 1, "a message is delivered at least once")
        self.attempts = attempts
        self.backoff = backoff
    }

    /// How a delivery is settled that ended in `error`.
    ///
    /// What was refused would be refused again: it is a dead letter at once. What says nothing about the message, a
    /// store that is down, say, is retried for as long as it takes. Everything else is retried up to the limit.
    public func settlement(of delivery: MessageDelivery, after error: InboxError) -> MessageSettlement {
        let retry = MessageSettlement.retry(after: backoff.wait(afterFailures: delivery.attempt))
        if error.isOperational { return retry }
        if error.effect == .refused { return .deadLetter(reason: "refused: \(error)") }
        guard delivery.attempt >= attempts else { return retry }
        return .deadLetter(reason: "after \(delivery.attempt) attempts: \(error)")
    }
}
