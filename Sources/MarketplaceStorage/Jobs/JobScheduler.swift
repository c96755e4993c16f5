public import MarketplaceCore

/// Runs jobs when they are due: each due time is claimed once, however many servers schedule it on one store.
///
/// Every server has a scheduler of the same jobs. A claim is a write of the job's document at the revision it was read
/// at, under a lease on the job: of any number of servers one makes it. A server that crashes in a run stops renewing
/// the lease, and another one begins a new attempt at the same due time when it has seen the lease stand still for all
/// of ``ScheduledJob/atMost``. Work is therefore done at least once per claimed due time, and exactly once where
/// nothing crashes; ``JobRun/idempotencyKey`` and the fence of ``JobRun/lease`` are for the rest.
public final class JobScheduler: Sendable {
    /// How often a job that another server runs is looked at unless told otherwise: how late at most its crash, and
    /// its end, are noticed.
    public static let defaultPoll = Duration.seconds(5)

    /// The longest pause between two looks, so that a wall clock that was set is noticed.
    private static let longestPause = Duration.minutes(1)

    private let runners: [JobRunner]
    private let wallClock: any WallClock
    private let timeline: MonotonicTimeline
    private let poll: Duration
    private let randomness: any RandomSource
    private let observer: any Observer
    private let control = RunControl("the scheduler of jobs")

    /// A scheduler.
    ///
    /// - Parameters:
    ///   - jobs: The jobs, each under a name of its own; two of one name are a mistake of the caller.
    ///   - store: Where claims and the history are kept.
    ///   - locks: What gives the leases, the same for all servers; nil for a ``StoreLockProvider`` on `store`.
    ///   - identifiers: The source of transaction ids and nonces.
    ///   - wallClock: Tells what is due.
    ///   - clock: The monotonic clock that leases, pauses and time limits are measured on.
    ///   - poll: How often a job that another server runs is looked at.
    ///   - randomness: What keeps servers from looking in step.
    ///   - observer: Is told of every run and of every failure to look.
    public init(
        _ jobs: [ScheduledJob],
        store: any Store,
        locks: (any LockProvider)? = nil,
        identifiers: any IdentifierSource,
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = ContinuousClock(),
        poll: Duration = JobScheduler.defaultPoll,
        randomness: any RandomSource = SystemRandomSource(),
        observer: any Observer = .silent
    ) {
        precondition(Set(jobs.map(\.name)).count == jobs.count, "two jobs have one name")
        precondition(poll > .zero, "the time between two looks must be positive")
        let timeline = MonotonicTimeline(clock)
        let locks =
            locks
            ?? StoreLockProvider(
                store: store,
                identifiers: identifiers,
                wallClock: wallClock,
                clock: clock,
                randomness: randomness,
                observer: observer
            )
        self.wallClock = wallClock
        self.timeline = timeline
        self.poll = poll
        self.randomness = randomness
        self.observer = observer
        runners = jobs.map { job in
            let keeper = JobKeeper(
                job: job,
                store: store,
                identifiers: identifiers,
                wallClock: wallClock,
                timeline: timeline,
                randomness: randomness
            )
            return JobRunner(keeper, locks: locks, observer: observer)
        }
    }

    /// Runs jobs as they become due, side by side, until drained or cancelled (then it returns).
    ///
    /// Failures that pass are waited out. A job that cannot be looked at for good, because its document is damaged,
    /// say, is told to the observer and holds up no other. It can be run once; a second run is a mistake of the caller.
    ///
    /// - Throws: Once all jobs have come to their end, the first error that another look does not help.
    public func run() async throws(JobError) {
        try await control.once { () async throws(JobError) in
            let failure = await withTaskGroup(of: JobError?.self) { group in
                for runner in runners { group.addTask { await self.follow(runner) } }
                var first: JobError?
                for await ended in group { first = first ?? ended }
                return first
            }
            if let failure { throw failure }
        }
    }

    /// Lets ``run()`` finish the runs it has in hand and return, and waits for that.
    public func drain() async {
        await control.drain()
    }

    /// Runs what is due now, one job after another, and returns how many runs this server made: for a process that
    /// is started by something else from time to time, and for tests.
    ///
    /// What becomes due meanwhile is left to the next call, so that it ends however long the runs take.
    ///
    /// That another server crashed can only be seen by looking twice with the same scheduler.
    @discardableResult
    public func runDue() async throws(JobError) -> Int {
        let now = wallClock.now
        var count = 0
        for runner in runners {
            while case .changed(let hasRun) = try await runner.look(dueBy: now) {
                if hasRun { count += 1 }
            }
        }
        return count
    }

    private func follow(_ runner: JobRunner) async -> JobError? {
        while !control.shouldStop {
            var pause: Duration
            do throws(JobError) {
                pause = self.pause(after: try await runner.look())
            } catch {
                if Task.isCancelled { return nil }
                observer.record(JobInterrupted(error: error))
                guard error.isRetriable else { return error }
                pause = jitteredPoll
            }
            guard pause > .zero else { continue }
            await control.idle { [timeline, pause] in await timeline.sleep(for: pause) }
        }
        return nil
    }

    private func pause(after look: JobRunner.Look) -> Duration {
        switch look {
        case .nothing(let time?): min(max(wallClock.now.duration(to: time), .zero), Self.longestPause)
        case .nothing(nil): Self.longestPause
        case .spaced(let pause): min(pause, Self.longestPause)
        case .busy: jitteredPoll
        case .changed: .zero
        }
    }

    private var jitteredPoll: Duration { RetryPolicy.Jitter.equal.pause(upTo: poll, random: randomness.next()) }
}
