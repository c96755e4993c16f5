public import MarketplaceCore

/// A run of a job was claimed and begins.
public struct JobRunStarted: ObserverEvent {
    /// The run.
    public let run: JobRunRecord

    /// The stable name of the event.
    public static let name = "job.run.started"

    /// The job as a label, the due time, the attempt and how many due times were left out as fields.
    public var attributes: [ObserverAttribute] {
        [
            .label("job", run.job.text), .field("due", .text("\(run.due)")),
            .field("attempt", .integer(Int64(run.attempt))), .field("missed", .integer(Int64(run.missedCount))),
        ]
    }
}

/// A run of a job has ended, and that is stored; a crashed one is told by who took it over or gave it up.
public struct JobRunEnded: ObserverEvent {
    /// The run.
    public let run: JobRunRecord
    /// How it ended.
    public let outcome: JobRunOutcome

    /// The stable name of the event.
    public static let name = "job.run.ended"

    /// The job and the outcome as labels, the due time and the reason of a failure as fields.
    public var attributes: [ObserverAttribute] {
        var attributes: [ObserverAttribute] = [
            .label("job", run.job.text), .label("outcome", "\(outcome)"), .field("due", .text("\(run.due)")),
        ]
        if case .failed(let reason) = outcome { attributes.append(.field("reason", .text(reason))) }
        return attributes
    }
}

/// A server could not look at a job, claim it, or note its end.
public struct JobInterrupted: ObserverEvent {
    /// Why.
    public let error: JobError

    /// The stable name of the event.
    public static let name = "job.interrupted"

    /// The job and whether it is looked at again as labels, the reason as a field.
    public var attributes: [ObserverAttribute] {
        [
            .label("job", error.job.text), .label("next", error.isRetriable ? "retry" : "end"),
            .field("reason", .text("\(error)")),
        ]
    }
}
