/// How the stores of a database of PostgreSQL work.
public struct PostgresConfiguration: Sendable, Hashable {
    /// How long the ids of committed transactions are remembered.
    public var receiptRetention: Duration
    /// The most callers that share one transaction and one sync; a bound for how long the first of them waits.
    ///
    /// At least 1.
    public var batchSize: Int
    /// How long a batch waits for what another process has locked, before it fails as overloaded.
    public var lockTimeout: Duration
    /// Whether opening brings the tables up to date; otherwise it demands that somebody else has.
    public var migrates: Bool
    /// How long a read of the feed waits for what this process has committed itself while it is held back.
    public var feedPatience: Duration
    /// After how long a transaction of anybody's that holds the feed back is reported.
    public var feedHoldTolerance: Duration

    /// Settings, each with its default.
    public init(
        receiptRetention: Duration = .seconds(24 * 60 * 60),
        batchSize: Int = 1_024,
        lockTimeout: Duration = .seconds(5),
        migrates: Bool = true,
        feedPatience: Duration = .milliseconds(50),
        feedHoldTolerance: Duration = .seconds(5)
    ) {
        self.receiptRetention = receiptRetention
        self.batchSize = batchSize
        self.lockTimeout = lockTimeout
        self.migrates = migrates
        self.feedPatience = feedPatience
        self.feedHoldTolerance = feedHoldTolerance
    }
}
