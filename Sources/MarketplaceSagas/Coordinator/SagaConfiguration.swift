public import MarketplaceCore

/// The bounds of a coordinator.
public struct SagaConfiguration: Sendable {
    /// The name of this worker, different from that of every other process that drives sagas of the same store.
    public var worker: String
    /// How long another worker may go without a sign of life before its sagas are taken over.
    public var lease: Duration
    /// How often a worker looks for sagas whose time has come, and gives a sign of life.
    public var pollInterval: Duration
    /// The most sagas a worker picks up at the same time, besides those it started itself.
    public var maximumDriven: Int
    /// How long the journal of a saga that has ended is kept; its summary stays.
    public var retention: Duration
    /// How often a journal write that failed is made again before the saga is left for recovery.
    public var journalRetry: RetryPolicy
    /// How many workers in a row may die over the same step before the saga counts as stuck.
    public var maximumFruitlessClaims: Int
    /// Is told when a saga is stuck, after that was journalled.
    ///
    /// It must not block.
    public var onStuck: @Sendable (SagaSummary, SagaStuck) -> Void

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - worker: The name of this worker; by default one that no other has.
    ///   - lease: How long another worker may go without a sign of life.
    ///   - pollInterval: How often a worker looks for sagas whose time has come.
    ///   - maximumDriven: The most sagas a worker picks up at the same time.
    ///   - retention: How long the journal of a saga that has ended is kept.
    ///   - journalRetry: How often a journal write that failed is made again.
    ///   - maximumFruitlessClaims: How many workers in a row may die over the same step.
    ///   - onStuck: Is told when a saga is stuck.
    public init(
        worker: String = SagaConfiguration.uniqueWorker(),
        lease: Duration = .seconds(10),
        pollInterval: Duration = .seconds(1),
        maximumDriven: Int = 1_000,
        retention: Duration = .seconds(7 * 24 * 60 * 60),
        journalRetry: RetryPolicy = .exponential(attempts: 12),
        maximumFruitlessClaims: Int = 5,
        onStuck: @escaping @Sendable (SagaSummary, SagaStuck) -> Void = { _, _ in }
    ) {
        precondition(SagaLimits.isName(worker), "\(worker) is not a name a worker can have")
        precondition(pollInterval > .zero, "a poll interval is longer than nothing")
        precondition(lease >= pollInterval * 3, "a lease is at least three poll intervals long")
        precondition(maximumDriven > 0 && maximumFruitlessClaims > 0, "bounds are at least one")
        self.worker = worker
        self.lease = lease
        self.pollInterval = pollInterval
        self.maximumDriven = maximumDriven
        self.retention = retention
        self.journalRetry = journalRetry
        self.maximumFruitlessClaims = maximumFruitlessClaims
        self.onStuck = onStuck
    }

    /// A name of 64 random bits, for a worker that needs no name of its own.
    public static func uniqueWorker() -> String {
        "worker-\(String(SystemRandomSource().next(), radix: 16))"
    }
}
