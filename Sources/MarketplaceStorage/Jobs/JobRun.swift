public import MarketplaceCore

/// One run of a job, as its work sees it.
public struct JobRun: Sendable {
    /// The job.
    public let job: JobName
    /// The due time it is for; the work should ask it, and not a clock, for the day it is to settle.
    public let due: Timestamp
    /// Which attempt at this due time it is: 1, and more when earlier ones crashed.
    public let attempt: Int
    /// The wall-clock time at which it was claimed.
    public let startedAt: Timestamp
    /// The lease it runs under: show it to the store with ``Transaction/require(_:)``, and what a run that was taken
    /// for dead still writes is refused.
    public let lease: Lease

    /// The same for every attempt at this due time, and for no other: what an effect outside of the store is to be
    /// named with, so that it happens once.
    public var idempotencyKey: IdempotencyKey {
        // A name has at most `ScheduledJob.nameBytes` bytes and a number 20 digits, so the key is never too long.
        IdempotencyKey(unchecked: "\(job)@\(due.microsecondsSinceEpoch)")
    }
}
