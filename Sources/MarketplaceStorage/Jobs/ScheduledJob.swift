public import MarketplaceCore

/// A job: what is to be done, when, and what holds when servers crash or come late.
public struct ScheduledJob: Sendable {
    /// The most bytes of a name: with a number behind it, it still fits a key of every store.
    public static let nameBytes = 256
    /// The shortest period: below it, a store and a network decide more than the schedule does.
    public static let shortestPeriod = Duration.milliseconds(1)
    /// The longest period, offset, grace and time limit: ten years, and far below where sums of times overflow.
    public static let longestDuration = Duration.days(3_660)
    /// The most due times that are caught up with, so that a long outage does not keep servers busy without end.
    public static let catchUpLimit = 10_000

    /// After which time a silent run counts as crashed unless told otherwise: long enough for a restart of the store.
    public static let defaultAtMost = Duration.minutes(5)
    /// How late a run is still on time unless told otherwise: the longest that a server pauses between two looks.
    public static let defaultGrace = Duration.minutes(1)
    /// How often a due time is attempted unless told otherwise: a crash by chance seldom comes three times.
    public static let defaultAttempts = 3
    /// How many runs the history keeps unless told otherwise: three months of a daily job.
    public static let defaultHistoryLimit = 100

    /// The name.
    public let name: JobName
    /// When it is due.
    public let schedule: JobSchedule
    /// After which time without a sign of life a run counts as crashed and is taken over.
    ///
    /// A run that lives says so after every third of it, so it may take longer.
    public let atMost: Duration
    /// The least time between two starts, also when a run ended at once.
    public let atLeast: Duration
    /// How late a run may start and still be on time.
    public let grace: Duration
    /// What becomes of due times at which nobody ran it.
    public let missedRuns: MissedRunPolicy
    /// How long a run may take before it is cancelled and counts as failed; nil for any time.
    public let timeLimit: Duration?
    /// How often one due time is attempted when run after run crashes, so that a job which takes its server down does
    /// not do so for ever.
    public let attempts: Int
    /// How many runs the history keeps.
    public let historyLimit: Int
    /// What is to be done.
    let work: @Sendable (JobRun) async throws -> Void
    let dueTimes: DueTimes

    /// Makes a job.
    ///
    /// What `work` throws ends this run as failed and holds up no other. `work` may be performed again for the same
    /// due time when its server crashed: ``JobRun/idempotencyKey`` is what to recognise that by.
    ///
    /// - Parameters:
    ///   - name: The name, the same on every server.
    ///   - schedule: When it is due.
    ///   - atMost: After which time without a sign of life a run counts as crashed.
    ///   - atLeast: The least time between two starts; at most `atMost`.
    ///   - grace: How late a run may start and still be on time.
    ///   - missedRuns: What becomes of due times at which nobody ran it.
    ///   - timeLimit: How long a run may take before it is cancelled.
    ///   - attempts: How often one due time is attempted when run after run crashes.
    ///   - historyLimit: How many runs the history keeps.
    ///   - work: What is to be done.
    /// - Throws: ``JobError/Code/invalid`` when a figure is out of its range.
    public init(
        _ name: JobName,
        _ schedule: JobSchedule,
        atMost: Duration = ScheduledJob.defaultAtMost,
        atLeast: Duration = .zero,
        grace: Duration = ScheduledJob.defaultGrace,
        missedRuns: MissedRunPolicy = .runOnce,
        timeLimit: Duration? = nil,
        attempts: Int = ScheduledJob.defaultAttempts,
        historyLimit: Int = ScheduledJob.defaultHistoryLimit,
        work: @escaping @Sendable (JobRun) async throws -> Void
    ) throws(JobError) {
        self.name = name
        self.schedule = schedule
        self.atMost = atMost
        self.atLeast = atLeast
        self.grace = grace
        self.missedRuns = missedRuns
        self.timeLimit = timeLimit
        self.attempts = attempts
        self.historyLimit = historyLimit
        self.work = work
        dueTimes = DueTimes(schedule)
        if let problem { throw JobError(name, .invalid, problem) }
    }

    /// The first due time after `time`; nil when there is none that a timestamp can express.
    public func firstDue(after time: Timestamp) -> Timestamp? {
        dueTimes.first(after: time)
    }

    private var problem: String? {
        let longest = Self.longestDuration
        if name.text.utf8.count > Self.nameBytes { return "a name has at most \(Self.nameBytes) bytes" }
        if schedule.period < Self.shortestPeriod || schedule.period > longest {
            return "a period lasts \(Self.shortestPeriod) to \(longest), not \(schedule.period)"
        }
        if schedule.phase < .zero - longest || schedule.phase > longest { return "the offset is out of range" }
        if atMost < LockLimits.shortestLease || atMost > LockLimits.longestLease {
            return "a run counts as crashed after \(LockLimits.shortestLease) to \(LockLimits.longestLease)"
        }
        if atLeast < .zero || atLeast > atMost {
            return "two starts are at least 0 s to \(atMost) apart, not \(atLeast)"
        }
        if grace < .zero || grace > longest { return "the grace lasts 0 s to \(longest), not \(grace)" }
        if case .catchUp(let limit) = missedRuns, !(1...Self.catchUpLimit).contains(limit) {
            return "1 to \(Self.catchUpLimit) due times are caught up with, not \(limit)"
        }
        if let timeLimit, timeLimit <= .zero || timeLimit > longest {
            return "a run may take more than 0 s to \(longest)"
        }
        if attempts < 1 { return "there is at least one attempt" }
        if !(1...StoreLimits.pageSize).contains(historyLimit) {
            return "the history keeps 1 to \(StoreLimits.pageSize) runs, not \(historyLimit)"
        }
        return nil
    }
}
