public import MarketplaceCore

/// The bounds of a coordinator.
public struct SagaConfiguration: Sendable {
    /// The name of this worker, recorded with every saga it drives.
    public var worker: String
    /// How often a journal write that failed is made again before the saga is left for recovery.
    public var journalRetry: RetryPolicy
    /// How often somebody who waits for a saga that is driven elsewhere looks for its end.
    public var pollInterval: Duration

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - worker: The name of this worker.
    ///   - journalRetry: How often a journal write that failed is made again.
    ///   - pollInterval: How often a saga that is driven elsewhere is looked at.
    public init(
        worker: String = "worker",
        journalRetry: RetryPolicy = .exponential(attempts: 12),
        pollInterval: Duration = .milliseconds(250)
    ) {
        precondition(pollInterval > .zero, "a poll interval is longer than nothing")
        self.worker = worker
        self.journalRetry = journalRetry
        self.pollInterval = pollInterval
    }
}
