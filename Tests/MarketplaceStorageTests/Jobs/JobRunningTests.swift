import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

struct JobRunningTests {
    private let world = World()

    private func job(
        _ name: JobName = "job",
        then work: @escaping @Sendable (JobRun) async throws -> Void = { _ in }
    ) throws -> ScheduledJob {
        try ScheduledJob(name, .every(.minutes(1)), atMost: .seconds(30), work: work)
    }

    /// Tells a test that a lease is over: then nothing of a run sleeps on the clock any more.
    private struct LeaseTeller: Observer {
        let told: AsyncStream<Void>.Continuation

        func record(_ event: some ObserverEvent) {
            if event is LeaseEnded { told.yield() }
        }
    }

    @Test func aRunningSchedulerWakesUpAtEveryDueTime() async throws {
        let seen = Journal<Int64>()
        let (leases, told) = AsyncStream.makeStream(of: Void.self)
        let server = world.server(
            try job { seen.append(World.minute(of: $0.due)) },
            observer: LeaseTeller(told: told)
        )
        let running = Task { try await server.run() }
        var ended = leases.makeAsyncIterator()
        for minute in Int64(1)...3 {
            await world.clock.waitForSleepers()
            world.clock.advance(by: .minutes(1))
            await ended.next()
            #expect(seen.entries.last == minute)
        }
        await server.drain()
        try await running.value
        #expect(try await world.history() == (1...3).map { "\($0)/1 succeeded" })
    }

    @Test func aDrainWaitsForTheRunInHand() async throws {
        let (started, starter) = AsyncStream.makeStream(of: Void.self)
        let gate = OneShot<Bool>()
        let server = world.server(
            try job { _ in
                starter.yield()
                _ = await gate.value()
            }
        )
        try await server.runDue()
        world.clock.advance(by: .minutes(1))
        let running = Task { try await server.run() }
        for await _ in started { break }
        let draining = Task { await server.drain() }
        gate.settle(true)
        await draining.value
        try await running.value
        #expect(try await world.history() == ["1/1 succeeded"])
    }

    @Test func aRunThatLivesIsNotTakenOverHoweverLongItTakes() async throws {
        let gate = OneShot<Bool>()
        let server = world.server(try job { _ in _ = await gate.value() })
        let other = world.server(try job())
        try await server.runDue()
        world.clock.advance(by: .minutes(1))
        let running = Task { try await server.runDue() }
        for _ in 1...12 {
            // The renewal, and the end of the lease.
            await world.clock.waitForSleepers(2)
            #expect(try await other.runDue() == 0)
            world.clock.advance(by: .seconds(10))
        }
        await world.clock.waitForSleepers(2)
        gate.settle(true)
        #expect(try await running.value == 1)
        #expect(try await world.history() == ["1/1 succeeded"])
    }

    @Test func aFailureOfTheStoreIsToldAndWaitedOut() async throws {
        let notebook = Notebook()
        let server = world.server(try job(), observer: notebook)
        world.store.failNextReads(2)
        let running = Task { try await server.run() }
        for _ in 1...2 {
            await world.clock.waitForSleepers()
            world.clock.advanceToNextSleeper()
        }
        await world.clock.waitForSleepers()
        await server.drain()
        try await running.value
        #expect(world.store.unfiredReadFailures == 0)
        #expect(notebook.lines == ["job.interrupted", "job.interrupted"])
    }

    @Test func theEndOfARunIsNotedAlsoWhenTheStoreIsAwayForAWhile() async throws {
        let store = world.store
        let server = world.server(try job { _ in store.injectNext(.unavailable, .unavailable) })
        try await server.runDue()
        world.clock.advance(by: .minutes(1))
        let running = Task { try await server.runDue() }
        for _ in 1...2 {
            // The renewal, the end of the lease, and the pause before the next attempt.
            await world.clock.waitForSleepers(3)
            world.clock.advance(by: .milliseconds(200))
        }
        #expect(try await running.value == 1)
        #expect(store.unfiredFaults.isEmpty)
        #expect(try await world.history() == ["1/1 succeeded"])
    }

    @Test func aClaimWhoseAnswersAreAllLostIsRecognisedByItsToken() async throws {
        let server = world.server(try job())
        try await server.runDue()
        world.clock.advance(by: .minutes(1))
        // The first commit takes the lease, the second is the claim, made three times.
        world.fail(2...4, with: .loseAnswer)
        #expect(try await server.runDue() == 1)
        #expect(world.store.unfiredFaults.isEmpty)
        #expect(try await world.history() == ["1/1 succeeded"])
    }

    @Test func aClaimThatNeverArrivedIsMadeAgain() async throws {
        let seen = Journal<Int>()
        let server = world.server(try job { seen.append($0.attempt) })
        try await server.runDue()
        world.clock.advance(by: .minutes(1))
        world.fail(2...4, with: .loseRequest)
        let error = await #expect(throws: JobError.self) { try await server.runDue() }
        #expect(error?.code == .outcomeUnknown && error?.effect == .unknown && error?.isRetriable == true)
        #expect(try await server.runDue() == 1)
        #expect(seen.entries == [1])
        #expect(try await world.history() == ["1/1 succeeded"])
    }

    @Test func whatBecomesDueDuringALookIsLeftToTheNextOne() async throws {
        let clock = world.clock
        let server = world.server(
            try ScheduledJob("job", .every(.minutes(1)), atMost: .hours(1)) { _ in clock.advance(by: .minutes(1)) }
        )
        try await server.runDue()
        clock.advance(by: .minutes(1))
        #expect(try await server.runDue() == 1)
        #expect(try await server.runDue() == 1)
        #expect(try await world.history() == ["1/1 succeeded", "2/1 succeeded"])
    }

    @Test func aJobWhoseDocumentIsDamagedHoldsUpNoOther() async throws {
        var damage = Transaction(id: world.identifiers.next(), time: world.clock.wall.now)
        damage.write(DocumentWrite(DocumentKey("$jobs", "broken"), body: [9, 9, 9]))
        _ = try await world.base.commit(damage)
        let (runs, teller) = AsyncStream.makeStream(of: JobName.self)
        let notebook = Notebook()
        let server = world.server(
            try job("broken") { teller.yield($0.job) },
            try job("sound") { teller.yield($0.job) },
            observer: notebook
        )
        let running = Task { try await server.run() }
        await world.clock.waitForSleepers()
        world.clock.advance(by: .minutes(1))
        var names = runs.makeAsyncIterator()
        #expect(await names.next() == "sound")
        await server.drain()
        let error = await #expect(throws: JobError.self) { try await running.value }
        #expect(error?.job == "broken" && error?.code == .unreadable && error?.effect == .refused)
        #expect(notebook.events(JobInterrupted.self).map(\.error.job) == ["broken"])
    }

    @Test func aDamagedHistoryIsAnErrorAndNoTrap() async throws {
        let server = world.server(try job())
        try await server.runDue()
        world.clock.advance(by: .minutes(1))
        try await server.runDue()
        let key = DocumentKey("$jobRuns", "job/1")
        let sound = try #require(try await world.base.document(key)).body
        for length in 0..<sound.count {
            var damage = Transaction(id: world.identifiers.next(), time: world.clock.wall.now)
            let entry = IndexEntry("job", .text("job"), .integer(1))
            damage.write(DocumentWrite(key, body: Array(sound.prefix(length)), indexEntries: [entry]))
            _ = try await world.base.commit(damage)
            let error = await #expect(throws: JobError.self) {
                try await JobHistory(store: world.base).latest(of: "job")
            }
            #expect(error?.code == .unreadable)
        }
    }
}
