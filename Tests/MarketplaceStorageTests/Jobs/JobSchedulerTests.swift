import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport
import Testing

struct JobSchedulerTests {
    private struct Mishap: Error, CustomStringConvertible {
        let description = "the mishap of the test"
    }

    private let world = World()
    private let seen = Journal<SeenRun>()

    /// A job that is due every minute and notes what it sees.
    private func job(
        on server: Int = 1,
        atMost: Duration = .seconds(30),
        atLeast: Duration = .zero,
        missedRuns: MissedRunPolicy = .runOnce,
        timeLimit: Duration? = nil,
        attempts: Int = 3,
        historyLimit: Int = 100,
        then work: @escaping @Sendable (JobRun) async throws -> Void = { _ in }
    ) throws -> ScheduledJob {
        let seen = seen
        return try ScheduledJob(
            "job",
            .every(.minutes(1)),
            atMost: atMost,
            atLeast: atLeast,
            grace: .seconds(20),
            missedRuns: missedRuns,
            timeLimit: timeLimit,
            attempts: attempts,
            historyLimit: historyLimit
        ) { run in
            seen.append(SeenRun(server: server, minute: World.minute(of: run.due), attempt: run.attempt))
            try await work(run)
        }
    }

    private var minutes: [Int64] { seen.entries.map(\.minute) }

    @Test func aNewJobIsDueFromNowOn() async throws {
        let server = world.server(try job())
        #expect(try await server.runDue() == 0)
        world.clock.advance(by: .seconds(59))
        #expect(try await server.runDue() == 0)
        world.clock.advance(by: .seconds(1))
        #expect(try await server.runDue() == 1)
        #expect(try await server.runDue() == 0)
        #expect(minutes == [1])
        #expect(try await world.history() == ["1/1 succeeded"])
    }

    @Test func twoServersNeverBothRun() async throws {
        let (first, second) = (world.server(try job(on: 1)), world.server(try job(on: 2)))
        for _ in 0..<5 {
            _ = try await (first.runDue(), second.runDue())
            world.clock.advance(by: .minutes(1))
        }
        #expect(minutes == [1, 2, 3, 4])
    }

    @Test func whileOneServerRunsAnotherFindsItBusy() async throws {
        let other = world.server(try job(on: 2))
        try await other.runDue()
        let server = world.server(
            try job { _ in
                let count = try await other.runDue()
                #expect(count == 0)
            }
        )
        try await server.runDue()
        world.clock.advance(by: .minutes(1))
        #expect(try await server.runDue() == 1)
        #expect(seen.entries.map(\.server) == [1])
    }

    @Test func anErrorIsKeptAndDoesNotHoldUpTheNextRun() async throws {
        let notebook = Notebook()
        let server = world.server(try job { _ in throw Mishap() }, observer: notebook)
        try await server.runDue()
        for _ in 1...2 {
            world.clock.advance(by: .minutes(1))
            #expect(try await server.runDue() == 1)
        }
        #expect(try await world.history() == ["1/1 failed", "2/1 failed"])
        let latest = try await JobHistory(store: world.store).latest(of: "job")
        #expect(latest.first?.end?.outcome == .failed(reason: "the mishap of the test"))
        #expect(notebook.events(JobRunStarted.self).count == 2)
        #expect(notebook.events(JobRunEnded.self).map(\.outcome.description) == ["failed", "failed"])
    }

    // MARK: - Crashes

    /// Lets a server crash in the run of minute 1.
    private func crash(attempts: Int = 3) async throws {
        let store = FaultInjectingStore(world.base)
        let server = world.server(try job(on: 1, attempts: attempts) { _ in store.crash() }, on: store)
        try await server.runDue()
        world.clock.advance(by: .minutes(1))
        await #expect(throws: JobError.self) { try await server.runDue() }
        #expect(try await world.history().last?.hasSuffix("open") == true)
    }

    @Test func aCrashedRunIsTakenOverOnceItsLeaseStoodStill() async throws {
        try await crash()
        let notebook = Notebook()
        let server = world.server(try job(on: 2), observer: notebook)
        #expect(try await server.runDue() == 0)
        world.clock.advance(by: .milliseconds(29_999))
        #expect(try await server.runDue() == 0)
        world.clock.advance(by: .milliseconds(1))
        #expect(try await server.runDue() == 1)
        #expect(seen.entries.last == SeenRun(server: 2, minute: 1, attempt: 2))
        #expect(try await world.history() == ["1/1 taken over", "1/2 succeeded"])
        #expect(notebook.events(JobRunEnded.self).map(\.outcome) == [.takenOver, .succeeded])
    }

    @Test func everyAttemptAtADueTimeHasTheSameKey() async throws {
        let keys = Journal<IdempotencyKey>()
        let store = FaultInjectingStore(world.base)
        let crashing = world.server(
            try job { run in
                keys.append(run.idempotencyKey)
                store.crash()
            },
            on: store
        )
        let server = world.server(try job { keys.append($0.idempotencyKey) })
        try await crashing.runDue()
        world.clock.advance(by: .minutes(1))
        await #expect(throws: JobError.self) { try await crashing.runDue() }
        try await server.runDue()
        world.clock.advance(by: .seconds(30))
        try await server.runDue()
        world.clock.advance(by: .seconds(30))
        try await server.runDue()
        #expect(keys.entries.count == 3)
        #expect(keys.entries[0] == keys.entries[1] && keys.entries[1] != keys.entries[2])
    }

    @Test func aDueTimeWhoseRunsAllCrashIsGivenUp() async throws {
        try await crash(attempts: 1)
        let server = world.server(try job(on: 2, attempts: 1))
        #expect(try await server.runDue() == 0)
        world.clock.advance(by: .seconds(30))
        #expect(try await server.runDue() == 0)
        #expect(try await world.history() == ["1/1 abandoned"])
        world.clock.advance(by: .seconds(30))
        #expect(try await server.runDue() == 1)
        #expect(minutes == [1, 2])
    }

    @Test func whatACrashedServerStillWritesIsRefusedByTheFence() async throws {
        let leases = Journal<Lease>()
        let store = FaultInjectingStore(world.base)
        let crashing = world.server(
            try job { run in
                leases.append(run.lease)
                store.crash()
            },
            on: store
        )
        try await crashing.runDue()
        world.clock.advance(by: .minutes(1))
        await #expect(throws: JobError.self) { try await crashing.runDue() }
        let server = world.server(try job(on: 2))
        try await server.runDue()
        world.clock.advance(by: .seconds(30))
        try await server.runDue()
        var late = Transaction(id: world.identifiers.next(), time: world.clock.wall.now)
        late.require(try #require(leases.entries.first))
        late.add(1, to: "counter")
        let transaction = late
        let error = await #expect(throws: StoreError.self) { try await world.base.commit(transaction) }
        guard case .conflict(.staleFence) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// Lets a server be stopped in the run of minute 1.
    private func cancelRun(atLeast: Duration = .zero) async throws {
        let (started, starter) = AsyncStream.makeStream(of: Void.self)
        let server = world.server(
            try job(atLeast: atLeast) { [clock = world.clock] _ in
                starter.yield()
                try await clock.sleep(until: clock.now.advanced(by: .seconds(5)))
            }
        )
        try await server.runDue()
        world.clock.advance(by: .minutes(1))
        let running = Task { try await server.run() }
        for await _ in started { break }
        running.cancel()
        try await running.value
        #expect(try await world.history() == ["1/1 open"])
    }

    @Test func aCancelledRunIsLeftToAnotherServerAtOnce() async throws {
        try await cancelRun()
        let other = world.server(try job(on: 2))
        #expect(try await other.runDue() == 1)
        #expect(try await world.history() == ["1/1 taken over", "1/2 succeeded"])
    }

    @Test func anotherAttemptKeepsItsDistanceToo() async throws {
        try await cancelRun(atLeast: .seconds(20))
        let other = world.server(try job(on: 2, atLeast: .seconds(20)))
        #expect(try await other.runDue() == 0)
        world.clock.advance(by: .seconds(19))
        #expect(try await other.runDue() == 0)
        world.clock.advance(by: .seconds(1))
        #expect(try await other.runDue() == 1)
        #expect(try await world.history() == ["1/1 taken over", "1/2 succeeded"])
    }

    // MARK: - Spacing and limits

    @Test func noSecondRunBeginsWithinTheSpacingAlsoOnAnotherServer() async throws {
        let spaced = { server in try job(on: server, atMost: .minutes(5), atLeast: .seconds(90)) }
        let (first, second) = (world.server(try spaced(1)), world.server(try spaced(2)))
        try await first.runDue()
        var starts: [Int64] = []
        for second60th in 0..<60 {
            world.clock.advance(by: .seconds(10))
            let before = minutes.count
            _ = try await (first.runDue(), second.runDue())
            if minutes.count > before { starts.append(Int64(second60th) * 10) }
        }
        #expect(starts.count > 3)
        for (earlier, later) in zip(starts, starts.dropFirst()) { #expect(later - earlier >= 90) }
    }

    @Test func aWallClockThatIsSetBackDoesNotHoldUpAJobForLongerThanTheSpacing() async throws {
        let spaced = try job(atMost: .minutes(5), atLeast: .seconds(90))
        let server = world.server(spaced)
        try await server.runDue()
        world.clock.advance(by: .minutes(1))
        #expect(try await server.runDue() == 1)
        // Another server believes that the run will start in an hour.
        let other = world.server(spaced)
        world.clock.setWallTime(world.clock.wall.now.advanced(by: .seconds(-3_600)))
        #expect(try await other.runDue() == 0)
        world.clock.setWallTime(world.clock.wall.now.advanced(by: .seconds(3_600 + 60)))
        world.clock.advance(by: .seconds(89))
        #expect(try await other.runDue() == 0)
        world.clock.advance(by: .seconds(1))
        #expect(try await other.runDue() == 1)
    }

    @Test func aRunThatTakesTooLongFails() async throws {
        let server = world.server(
            try job(timeLimit: .seconds(5)) { [clock = world.clock] _ in
                try await clock.sleep(until: clock.now.advanced(by: .seconds(600)))
            }
        )
        try await server.runDue()
        world.clock.advance(by: .minutes(1))
        let running = Task { try await server.runDue() }
        // The work, its limit, the end of the lease and its renewal.
        await world.clock.waitForSleepers(4)
        world.clock.advance(by: .seconds(5))
        #expect(try await running.value == 1)
        #expect(try await world.history() == ["1/1 failed"])
    }

    @Test func theHistoryKeepsAsManyRunsAsItIsToldAlsoWhenThatIsFewerThanBefore() async throws {
        let long = world.server(try job(historyLimit: 5))
        try await long.runDue()
        for _ in 1...8 {
            world.clock.advance(by: .minutes(1))
            try await long.runDue()
        }
        #expect(try await world.history() == (4...8).map { "\($0)/1 succeeded" })
        let short = world.server(try job(historyLimit: 1))
        world.clock.advance(by: .minutes(1))
        try await short.runDue()
        #expect(try await world.history() == ["9/1 succeeded"])
    }

    // MARK: - Missed runs

    @Test(arguments: [
        (MissedRunPolicy.skip, [Int64](), [Int64](arrayLiteral: 6)),
        (.runOnce, [5], [5, 6]),
        (.catchUp(limit: 3), [3, 4, 5], [3, 4, 5, 6]),
        (.catchUp(limit: 100), [1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6]),
    ])
    func whatWasMissedIsRunAsThePolicySays(policy: MissedRunPolicy, late: [Int64], onTime: [Int64]) async throws {
        let server = world.server(try job(missedRuns: policy))
        try await server.runDue()
        // Nobody looks until half a minute after the fifth due time, which is beyond the grace.
        world.clock.advance(by: .minutes(5) + .seconds(30))
        try await server.runDue()
        #expect(minutes == late)
        world.clock.advance(by: .seconds(30))
        try await server.runDue()
        #expect(minutes == onTime)
        let runs = try await JobHistory(store: world.base).latest(of: "job", limit: 100)
        #expect(runs.reduce(0) { $0 + $1.missedCount } == 6 - onTime.count)
    }
}
