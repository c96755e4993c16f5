import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// Counts the events, keeps the last one's number in a document, and claims a unique key per event.
private struct Tally: Projection {
    struct Poison: Error {}

    let name: ProjectionName = "tally"
    var batchLimit = 100
    var poison: String?
    /// Runs once, in the midst of the first application.
    var meanwhile: Meanwhile?

    static let count: CounterKey = "tally"

    final class Meanwhile: Sendable {
        private let action: Mutex<(@Sendable () async throws -> Void)?>

        init(_ action: @escaping @Sendable () async throws -> Void) {
            self.action = Mutex(action)
        }

        func runOnce() async throws {
            let action = action.withLock { action in
                defer { action = nil }
                return action
            }
            try await action?()
        }
    }

    func apply(
        _ events: [RecordedEvent],
        to transaction: inout Transaction,
        reading source: ProjectionSource
    ) async throws {
        try await meanwhile?.runOnce()
        for event in events {
            if event.name == poison { throw Poison() }
            transaction.add(1, to: CounterKey(stringLiteral: "tally/\(source.generation)"))
            transaction.write(
                DocumentWrite(
                    DocumentKey("seen", event.id),
                    body: event.payload,
                    uniqueKeys: [UniqueKey(stringLiteral: "seen/\(source.generation)/\(event.id)")]
                )
            )
        }
    }
}

struct ProjectionRunnerTests {
    private let world = World()

    private func runner(_ projection: Tally, batchSize: Int = 4) -> ProjectionRunner {
        ProjectionRunner(
            projection,
            store: world.store,
            signal: world.base,
            identifiers: world.identifiers,
            wallClock: world.clock.wall,
            clock: world.clock,
            reading: FeedReading(batchSize: batchSize)
        )
    }

    private func count(generation: Int = 0) async throws -> Int64 {
        try await world.base.counter(CounterKey(stringLiteral: "tally/\(generation)"))
    }

    @Test func everyEventIsAppliedOnce() async throws {
        try await world.record(1...10)
        #expect(try await runner(Tally()).catchUp() == 10)
        #expect(try await count() == 10)
    }

    @Test func aNewRunnerReadsOnWhereTheLastOneStopped() async throws {
        try await world.record(1...3)
        try await runner(Tally()).catchUp()
        try await world.record(4...5)
        #expect(try await runner(Tally()).catchUp() == 2)
        #expect(try await count() == 5)
    }

    @Test func aRebuildThatAnotherRunnerBeganIsNoticedWithoutANewEvent() async throws {
        try await world.record(1...3)
        let first = runner(Tally())
        #expect(try await first.catchUp() == 3)
        #expect(try await first.catchUp() == 0)
        #expect(try await runner(Tally()).rebuild() == 1)
        #expect(try await first.catchUp() == 3)
        #expect(try await count(generation: 1) == 3)
    }

    @Test func twoRunnersNeverApplyAnEventTwice() async throws {
        try await world.record(1...10)
        let second = runner(Tally(), batchSize: 3)
        let meanwhile = Tally.Meanwhile { try await second.catchUp() }
        let first = runner(Tally(meanwhile: meanwhile))
        #expect(try await first.catchUp() == 0)
        #expect(try await count() == 10)
    }

    @Test func manyRunnersAtOnceApplyEveryEventOnce() async throws {
        try await world.record(1...200)
        let applied = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...8 {
                group.addTask { try await runner(Tally(), batchSize: 7).catchUp() }
            }
            return try await group.reduce(0, +)
        }
        #expect(applied == 200)
        #expect(try await count() == 200)
    }

    @Test(arguments: [CommitFault.loseAnswer, .loseRequest, .unavailable], 1...3)
    func aFaultAtAnyCommitLosesAndRepeatsNothing(fault: CommitFault, commit: Int) async throws {
        try await world.record(1...10)
        world.fail([commit], with: fault)
        let runner = runner(Tally())
        do throws(ProjectionError) {
            try await runner.catchUp()
        } catch {
            #expect(error.isRetriable)
            try await runner.catchUp()
        }
        #expect(world.store.firedFaults.count == 1)
        #expect(try await count() == 10)
    }

    @Test(arguments: [CommitFault.loseAnswer, .loseRequest], 1...3)
    func anOutcomeThatStaysUnknownIsResolvedByTheCheckpoint(fault: CommitFault, commit: Int) async throws {
        try await world.record(1...10)
        world.fail(commit..<(commit + 3), with: fault)
        let runner = runner(Tally())
        let error = await #expect(throws: ProjectionError.self) { try await runner.catchUp() }
        #expect(error?.effect == .unknown)
        try await runner.catchUp()
        #expect(try await count() == 10)
    }

    @Test func anEventThatCannotBeAppliedStopsTheProjectionAndIsNamed() async throws {
        try await world.record(1...10)
        let runner = runner(Tally(poison: "e7"), batchSize: 10)
        let error = await #expect(throws: ProjectionError.self) { try await runner.catchUp() }
        #expect(error?.failedEvent?.name == "e7")
        #expect(error?.isRetriable == false)
        #expect(try await count() == 6)
        let again = await #expect(throws: ProjectionError.self) { try await runner.run() }
        #expect(again?.failedEvent?.name == "e7")
        #expect(try await count() == 6)
    }

    @Test func aBatchTooLargeForOneTransactionIsHalved() async throws {
        try await world.record(1...10)
        let wide = Wide()
        let runner = ProjectionRunner(
            wide,
            store: world.store,
            signal: world.base,
            identifiers: world.identifiers,
            wallClock: world.clock.wall,
            clock: world.clock
        )
        #expect(try await runner.catchUp() == 10)
    }

    @Test func rebuildingBeginsFromTheStartInANewGeneration() async throws {
        try await world.record(1...5)
        let runner = runner(Tally())
        try await runner.catchUp()
        #expect(try await runner.rebuild() == 1)
        try await runner.catchUp()
        #expect(try await count(generation: 0) == 5)
        #expect(try await count(generation: 1) == 5)
    }

    @Test func theLagCountsWhatWaitsAndHowLong() async throws {
        let runner = runner(Tally())
        #expect(try await runner.lag().isCaughtUp)
        try await world.record(1...3)
        world.clock.advance(by: .seconds(5))
        let lag = try await runner.lag()
        #expect(lag.pendingEvents == 3)
        #expect(lag.isExact)
        #expect(lag.age == .seconds(5))
        try await runner.catchUp()
        #expect(try await runner.lag().isCaughtUp)
    }

    @Test func runningAppliesWhatComesUntilItIsDrained() async throws {
        let runner = runner(Tally())
        async let run: Void = runner.run()
        await world.clock.waitForSleepers()
        try await world.record(1...3)
        // The signal woke it: it sleeps again only after it has looked.
        while try await count() < 3 { await Task.yield() }
        await runner.drain()
        try await run
        #expect(try await count() == 3)
    }

    @Test func aCancelledRunReturns() async throws {
        let runner = runner(Tally())
        let task = Task { try await runner.run() }
        await world.clock.waitForSleepers()
        task.cancel()
        try await task.value
    }

    @Test func aRunTellsOfBatchesAndOfWhatInterruptsIt() async throws {
        try await world.record(1...6)
        world.fail([1], with: .unavailable)
        let notebook = Notebook()
        let runner = ProjectionRunner(
            Tally(poison: "e6"),
            store: world.store,
            signal: world.base,
            identifiers: world.identifiers,
            wallClock: world.clock.wall,
            clock: world.clock,
            reading: FeedReading(batchSize: 4, retry: .constant(.seconds(1), attempts: 3)),
            observer: notebook
        )
        let task = Task { try await runner.run() }
        await world.clock.waitForSleepers()
        world.clock.advance(by: .seconds(1))
        await #expect(throws: ProjectionError.self) { try await task.value }
        #expect(notebook.events(FeedBatchEnded.self).map(\.count) == [4, 1])
        #expect(notebook.events(FeedInterrupted.self).map(\.pause) == [.seconds(1), nil])
        #expect(notebook.lines.first == "feed.interrupted")
        #expect(notebook.labels.allSatisfy { $0["reader"] == .text("tally") && $0["kind"] == .text("projection") })
    }

    @Test func aRunEndsWithAFailureThatLastsLongerThanItsPolicy() async throws {
        try await world.record(1...3)
        world.fail(1...9, with: .unavailable)
        let runner = ProjectionRunner(
            Tally(),
            store: world.store,
            signal: world.base,
            identifiers: world.identifiers,
            wallClock: world.clock.wall,
            clock: world.clock,
            reading: FeedReading(retry: .constant(.seconds(1), attempts: 2))
        )
        let task = Task { try await runner.run() }
        await world.clock.waitForSleepers()
        world.clock.advance(by: .seconds(1))
        let error = await #expect(throws: ProjectionError.self) { try await task.value }
        #expect(error?.isRetriable == true)
        #expect(world.store.firedFaults.count == 2)
    }

    @Test func aRunWaitsOutAStoreThatIsDown() async throws {
        try await world.record(1...3)
        world.fail(1...2, with: .unavailable)
        let runner = runner(Tally())
        let task = Task { try await runner.run() }
        for _ in 1...2 {
            await world.clock.waitForSleepers()
            world.clock.advanceToNextSleeper()
        }
        while try await count() < 3 { await Task.yield() }
        await runner.drain()
        try await task.value
        #expect(world.store.firedFaults.count == 2)
    }
}

/// Wants more parts per event than a few events have room for in one transaction.
private struct Wide: Projection {
    let name: ProjectionName = "wide"

    func apply(
        _ events: [RecordedEvent],
        to transaction: inout Transaction,
        reading source: ProjectionSource
    ) async throws {
        for event in events {
            for part in 1...3_000 {
                transaction.require(
                    .document(DocumentKey("none", TextKey(stringLiteral: "\(event.id)/\(part)")), at: nil)
                )
            }
        }
    }
}
