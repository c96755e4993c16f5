import MarketplaceCore

/// Looks at one job, and runs it when it is due and nobody else does.
final class JobRunner: Sendable {
    /// What one look at the job led to.
    enum Look: Sendable, Hashable {
        /// Nothing is due before that time; nil when nothing ever will be.
        case nothing(until: Timestamp?)
        /// A run is due and has to wait for so long.
        case spaced(Duration)
        /// Another server runs the job, or has crashed while it did.
        case busy
        /// Something was changed, so that the next look comes at once.
        case changed(hasRun: Bool)
    }

    /// What ends the work of a run that takes too long.
    private struct Overdue: Error, CustomStringConvertible {
        let limit: Duration

        var description: String { "it took longer than \(limit)" }
    }

    private enum Finished { case work, timer }

    let job: ScheduledJob
    private let keeper: JobKeeper
    private let locks: any LockProvider
    private let observer: any Observer
    private let key: FenceKey
    private let spacing = JobSpacing()

    init(_ keeper: JobKeeper, locks: any LockProvider, observer: any Observer) {
        job = keeper.job
        self.keeper = keeper
        self.locks = locks
        self.observer = observer
        // A name has at most `ScheduledJob.nameBytes` bytes, so with the prefix it is a key.
        key = FenceKey(unchecked: "job:\(job.name)")
    }

    /// Looks once, and performs the run that is due now and no later than `limit`, if there is one.
    func look(dueBy limit: Timestamp = .distantFuture) async throws(JobError) -> Look {
        switch plan(try await keeper.load(), dueBy: limit) {
        case .wait(let time): return .nothing(until: time)
        case .pause(let pause): return .spaced(pause)
        case .run, .settle: return try await lookUnderLease(dueBy: limit)
        }
    }

    private func lookUnderLease(dueBy limit: Timestamp) async throws(JobError) -> Look {
        do {
            return try await locks.withLease(LockKeys(key), lease: job.atMost) { lease in
                try await self.proceed(under: lease, dueBy: limit)
            }
        } catch let error as JobError {
            throw error
        } catch let error as LockError {
            if error.code == .busy { return .busy }
            throw JobError(job.name, error)
        } catch {
            throw JobError(job.name, .cancelled, "\(error)")
        }
    }

    /// Decides once more, now that nobody else does, and performs what was decided.
    private func proceed(under lease: Lease, dueBy limit: Timestamp) async throws(JobError) -> Look {
        let record = try await keeper.load()
        switch plan(record, dueBy: limit) {
        case .wait(let time): return .nothing(until: time)
        case .pause(let pause): return .spaced(pause)
        case .run(let due, let missedCount):
            return try await run(due, attempt: 1, missedCount: missedCount, after: record, inPlaceOf: nil, under: lease)
        case .settle(let crashed):
            // Whoever began that run holds the lease no longer: it crashed, was cancelled, or could not note its end.
            guard crashed.attempt < job.attempts else {
                return try await end(crashed, as: .abandoned, in: record, under: lease, hasRun: false)
            }
            let remaining = remainingSpacing(after: record)
            guard remaining <= .zero else { return .spaced(remaining) }
            return try await run(
                crashed.due,
                attempt: crashed.attempt + 1,
                missedCount: crashed.missedCount,
                after: record,
                inPlaceOf: crashed,
                under: lease
            )
        }
    }

    private func run(
        _ due: Timestamp,
        attempt: Int,
        missedCount: Int,
        after record: JobRecord,
        inPlaceOf crashed: JobRunRecord?,
        under lease: Lease
    ) async throws(JobError) -> Look {
        guard let token = lease.tokens[key] else {
            throw JobError(job.name, .invalid, "the locks gave a lease without a fencing token")
        }
        let run = JobRunRecord(
            job: job.name,
            number: record.lastNumber + 1,
            due: due,
            attempt: attempt,
            missedCount: missedCount,
            startedAt: keeper.wallClock.now,
            end: nil
        )
        let claim = try await keeper.begin(run, after: record, inPlaceOf: crashed, under: lease, token: token)
        guard case .stored(let claimed) = claim else { return .changed(hasRun: false) }
        spacing.noteStart(of: run.number, at: keeper.timeline.now)
        if let crashed { observer.record(JobRunEnded(run: crashed, outcome: .takenOver)) }
        observer.record(JobRunStarted(run: run))
        guard let outcome = await perform(run, under: lease) else {
            throw JobError(job.name, .cancelled, "the run due at \(due) is left to another attempt")
        }
        return try await end(run, as: outcome, in: claimed, under: lease, hasRun: true)
    }

    /// Performs the work; nil when it was cancelled from outside, which decides nothing about the job.
    private func perform(_ run: JobRunRecord, under lease: Lease) async -> JobRunOutcome? {
        let context = JobRun(
            job: run.job,
            due: run.due,
            attempt: run.attempt,
            startedAt: run.startedAt,
            lease: lease
        )
        do {
            try await observer.around("job.run") { try await perform(context) }
            return .succeeded
        } catch {
            return Task.isCancelled ? nil : .failed(reason: "\(error)".inOneLine)
        }
    }

    private func perform(_ context: JobRun) async throws {
        guard let limit = job.timeLimit else { return try await job.work(context) }
        try await withThrowingTaskGroup(of: Finished.self) { group in
            group.addTask { [job] in
                try await job.work(context)
                return .work
            }
            group.addTask { [timeline = keeper.timeline] in
                await timeline.sleep(for: limit)
                if Task.isCancelled { return .timer }
                throw Overdue(limit: limit)
            }
            defer { group.cancelAll() }
            // A timer that was cancelled says nothing about the work.
            while let finished = try await group.next() {
                if finished == .work { return }
            }
        }
    }

    private func end(
        _ run: JobRunRecord,
        as outcome: JobRunOutcome,
        in record: JobRecord,
        under lease: Lease,
        hasRun: Bool
    ) async throws(JobError) -> Look {
        let ending = try await keeper.end(run, as: outcome, in: record, under: lease)
        guard case .stored = ending else {
            throw JobError(job.name, .unavailable, "the run due at \(run.due) was taken over before its end was noted")
        }
        observer.record(JobRunEnded(run: run, outcome: outcome))
        return .changed(hasRun: hasRun)
    }

    // MARK: - Deciding

    private func plan(_ record: JobRecord, dueBy limit: Timestamp) -> JobPlan {
        let now = min(keeper.wallClock.now, limit)
        return JobPlan(job, record, at: now, spacing: remainingSpacing(after: record))
    }

    private func remainingSpacing(after record: JobRecord) -> Duration {
        spacing.remaining(
            of: job.atLeast,
            after: record,
            at: keeper.timeline.now,
            wallTime: keeper.wallClock.now
        )
    }
}
