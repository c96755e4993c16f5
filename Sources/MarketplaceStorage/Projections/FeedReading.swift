public import MarketplaceCore

/// How a projection or a relay reads the feed.
public struct FeedReading: Hashable, Sendable {
    /// The most events of one batch, and so of one transaction.
    public let batchSize: Int
    /// The longest wait for a change signal before the feed is looked at anyway.
    public let poll: Duration
    /// How often a failure that passes, such as a store that cannot be reached, is waited out in a row before it ends
    /// the run.
    public let retry: RetryPolicy

    /// The default batch: large enough that the commit is shared by many events, small enough that a batch of events
    /// of the largest size (1 MiB each) stays in memory.
    public static let defaultBatchSize = 256

    /// Makes the settings; a batch has 1 to ``StoreLimits/pageSize`` events.
    ///
    /// A signal is a hint, so the poll behind it (a second by default) bounds how late a lost one is noticed.
    public init(
        batchSize: Int = FeedReading.defaultBatchSize,
        poll: Duration = .seconds(1),
        retry: RetryPolicy = .exponential(from: .milliseconds(100), cap: .seconds(10), attempts: nil, jitter: .equal)
    ) {
        precondition((1...StoreLimits.pageSize).contains(batchSize), "a batch has 1 to \(StoreLimits.pageSize) events")
        precondition(poll > .zero, "the time between two polls must be positive")
        self.batchSize = batchSize
        self.poll = poll
        self.retry = retry
    }
}
