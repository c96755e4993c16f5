public import MarketplaceCore

/// One run of a job, as the history keeps it.
public struct JobRunRecord: Hashable, Sendable {
    /// The job.
    public let job: JobName
    /// Its number: it rises with every run of the job, and a later attempt at a due time is a run of its own.
    public let number: UInt64
    /// The due time it was for.
    public let due: Timestamp
    /// Which attempt at this due time it was, from 1.
    public let attempt: Int
    /// How many due times before it were left out.
    public let missedCount: Int
    /// The wall-clock time at which it was claimed, by the clock of the server that claimed it.
    public let startedAt: Timestamp
    /// How it ended, and when; nil while it runs or nobody has noticed that it crashed.
    public let end: JobRunEnd?

    /// The same run with an end.
    func ended(_ outcome: JobRunOutcome, at time: Timestamp) -> JobRunRecord {
        JobRunRecord(
            job: job,
            number: number,
            due: due,
            attempt: attempt,
            missedCount: missedCount,
            startedAt: startedAt,
            end: JobRunEnd(outcome: outcome, at: time)
        )
    }
}

/// How and when a run ended.
public struct JobRunEnd: Hashable, Sendable {
    /// How it ended.
    public let outcome: JobRunOutcome
    /// The wall-clock time of that; of the taking over for a run that crashed.
    public let at: Timestamp
}

/// How a run of a job ended.
public enum JobRunOutcome: Hashable, Sendable {
    /// Its work was done.
    case succeeded
    /// Its work threw an error, whose text is kept, or took longer than ``ScheduledJob/timeLimit``. The next due time
    /// is not held up by it.
    case failed(reason: String)
    /// It crashed or was cancelled, and another attempt at the same due time was begun.
    case takenOver
    /// It crashed or was cancelled, and the attempts were used up.
    case abandoned
}

extension JobRunOutcome: CustomStringConvertible {
    /// The stable name of the outcome, without its reason.
    public var description: String {
        switch self {
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .takenOver: "taken over"
        case .abandoned: "abandoned"
        }
    }
}
