public import MarketplaceCore

/// How a ``MailDesk`` works.
public struct MailDeskConfiguration: Sendable, Hashable {
    /// How long a mail that was taken up is left alone: longer than a mail service takes to answer, so that two desks
    /// rarely hand over the same one, which its key makes harmless.
    public static let defaultClaim = Duration.minutes(2)
    /// The pauses after failed attempts: from half a minute to an hour, over about half a day.
    public static let defaultRetrying = RetryPolicy.exponential(
        from: .seconds(30),
        cap: .hours(1),
        attempts: 18,
        jitter: .equal
    )
    /// The most mails that one round takes up: each is a call of the mail service.
    public static let defaultBatchSize = 100
    /// The pause between two rounds.
    public static let defaultInterval = Duration.seconds(1)

    /// How long a mail that was taken up is left alone.
    public let claim: Duration
    /// How often a mail is handed over, and after which pauses.
    public let retrying: RetryPolicy
    /// The most mails that one round takes up.
    public let batchSize: Int
    /// The pause between two rounds.
    public let interval: Duration

    /// A configuration of these parts.
    public init(
        claim: Duration = MailDeskConfiguration.defaultClaim,
        retrying: RetryPolicy = MailDeskConfiguration.defaultRetrying,
        batchSize: Int = MailDeskConfiguration.defaultBatchSize,
        interval: Duration = MailDeskConfiguration.defaultInterval
    ) {
        precondition(claim > .zero && batchSize > 0, "a claim lasts some time, and a batch holds something")
        self.claim = claim
        self.retrying = retrying
        self.batchSize = batchSize
        self.interval = interval
    }
}
