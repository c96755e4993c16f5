import MarketplaceCore

/// What is to be done about a job now: a pure decision.
enum JobPlan: Hashable {
    /// Nothing is due before that time; nil when nothing ever will be.
    case wait(until: Timestamp?)
    /// A run is due, and starts must be further apart.
    case pause(Duration)
    /// That due time is to be run, and so many before it are left out.
    case run(due: Timestamp, missedCount: Int)
    /// The last run has not ended: it lives, or it crashed, which its lease tells.
    case settle(JobRunRecord)

    /// Decides.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - record: What its document says.
    ///   - now: The wall-clock time.
    ///   - spacing: How long there must be no start yet.
    init(_ job: ScheduledJob, _ record: JobRecord, at now: Timestamp, spacing: Duration) {
        if let open = record.open {
            self = .settle(open)
            return
        }
        guard let (due, missedCount) = Self.next(job, after: record.decidedThrough, at: now) else {
            self = .wait(until: job.dueTimes.first(after: max(now, record.decidedThrough)))
            return
        }
        self = spacing > .zero ? .pause(spacing) : .run(due: due, missedCount: missedCount)
    }

    /// The due time to run now, and how many before it are left out; nil when there is none.
    private static func next(
        _ job: ScheduledJob,
        after decided: Timestamp,
        at now: Timestamp
    ) -> (due: Timestamp, missedCount: Int)? {
        let count = job.dueTimes.count(after: decided, through: now)
        guard count > 0, let latest = job.dueTimes.last(atOrBefore: now) else { return nil }
        switch job.missedRuns {
        case .skip:
            guard latest.duration(to: now) <= job.grace else { return nil }
            return (latest, count - 1)
        case .runOnce:
            return (latest, count - 1)
        case .catchUp(let limit):
            let kept = min(count, limit)
            guard let due = job.dueTimes.earlier(than: latest, by: kept - 1) else { return nil }
            return (due, count - kept)
        }
    }
}
