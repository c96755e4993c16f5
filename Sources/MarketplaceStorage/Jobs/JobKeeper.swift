import MarketplaceCore

/// Reads and writes what the store knows of one job.
struct JobKeeper: Sendable {
    /// How a change of a job's document ended.
    enum Outcome {
        case stored(JobRecord)
        /// Somebody else has changed the document, or has been given the lease, since.
        case overtaken
    }

    let job: ScheduledJob
    let store: any Store
    let identifiers: any IdentifierSource
    let wallClock: any WallClock
    let timeline: MonotonicTimeline
    let randomness: any RandomSource

    /// The pauses between attempts at noting the end of a run, which is done already.
    private static let endingPolicy = RetryPolicy.exponential(from: .milliseconds(100), cap: .seconds(2), attempts: 6)

    /// What the store knows; a job that no server has looked at yet is begun from now on.
    func load() async throws(JobError) -> JobRecord {
        try await reporting { () async throws(StoreError) in
            while true {
                if let record = try await JobRecord.load(job.name, from: store) { return record }
                let now = wallClock.now
                var transaction = Transaction(id: identifiers.next(), time: now)
                transaction.write(JobRecord(decidedThrough: now).write(of: job.name))
                do throws(StoreError) {
                    _ = try await store.commitResolvingUnknown(transaction)
                } catch {
                    // Another server was faster: what it wrote is as good.
                    guard error.isContention else { throw error }
                }
            }
        }
    }

    /// Claims a due time for the lease, and notes that the run before it was taken over.
    func begin(
        _ run: JobRunRecord,
        after record: JobRecord,
        inPlaceOf crashed: JobRunRecord?,
        under lease: Lease,
        token: FencingToken
    ) async throws(JobError) -> Outcome {
        var next = record.beginning(run, with: token)
        let trimmed = next.trim(to: job.historyLimit)
        var transaction = Transaction(id: identifiers.next(), time: run.startedAt)
        transaction.require(lease)
        if let crashed, !trimmed.contains(crashed.number) {
            transaction.write(crashed.ended(.takenOver, at: run.startedAt).write)
        }
        for number in trimmed { transaction.delete(JobRunRecord.documentKey(of: job.name, number: number)) }
        transaction.write(run.write)
        let outcome: Outcome
        do throws(StoreError) {
            outcome = try await commit(next, with: transaction)
        } catch {
            // Nobody else has this token: when it is there, the claim was stored.
            guard error.effect == .unknown, let found = try? await load(), found.token == token else {
                throw JobError(job.name, error)
            }
            return .stored(found)
        }
        return outcome
    }

    /// Notes how a run ended, on every path, and so shielded from the cancellation of the caller.
    func end(
        _ run: JobRunRecord,
        as outcome: JobRunOutcome,
        in record: JobRecord,
        under lease: Lease
    ) async throws(JobError) -> Outcome {
        try await shielded { [self] () async throws(JobError) in
            let now = wallClock.now
            var next = record
            next.open = nil
            var transaction = Transaction(id: identifiers.next(), time: now)
            transaction.require(lease)
            transaction.write(run.ended(outcome, at: now).write)
            var failures = 0
            while true {
                do throws(StoreError) {
                    return try await commit(next, with: transaction)
                } catch {
                    failures += 1
                    let random = randomness.next()
                    guard
                        error.isRetriable,
                        let pause = Self.endingPolicy.pause(afterFailures: failures, random: random)
                    else { throw JobError(job.name, error) }
                    await timeline.sleep(for: pause)
                }
            }
        }
    }

    private func commit(_ next: JobRecord, with transaction: Transaction) async throws(StoreError) -> Outcome {
        var transaction = transaction
        transaction.write(next.write(of: job.name))
        do throws(StoreError) {
            let receipt = try await store.commitResolvingUnknown(transaction)
            var stored = next
            stored.revision = receipt.revisions.last
            return .stored(stored)
        } catch {
            if error.isContention { return .overtaken }
            if case .conflict(.staleFence) = error { return .overtaken }
            throw error
        }
    }

    private func reporting<Value>(_ body: () async throws(StoreError) -> Value) async throws(JobError) -> Value {
        do throws(StoreError) {
            return try await body()
        } catch {
            throw JobError(job.name, error)
        }
    }
}
