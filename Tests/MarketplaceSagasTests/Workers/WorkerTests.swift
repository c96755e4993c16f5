import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing

@testable import MarketplaceSagas

struct WorkerTests {
    private let shop = Workshop()

    private var definition: SagaDefinition<JobState> {
        let shop = shop
        return SagaDefinition("work", version: 1, state: JobState.self) {
            shop.step("a", \.a)
            shop.step("b", \.b)
            shop.last()
        }
    }

    @Test func aSilentWorkerIsTakenOverAfterItsLeaseAndNotBefore() async throws {
        let definition = definition
        shop.desk.hold("b begins")
        let zombie = shop.coordinator("A", definition)
        let lost = try await zombie.start(definition, JobState(), key: "k")
        await shop.desk.waitForCall("b")
        let worker = shop.coordinator("B", definition)
        let running = Task { try await worker.run() }
        await shop.pass(seconds: 9, sleepers: 1)
        await shop.clock.waitForSleepers()
        #expect(try await shop.summary(definition).owner == "A")
        await shop.pass(seconds: 2, sleepers: 1)
        await shop.desk.waitForCall("b", times: 2)
        #expect(try await shop.summary(definition).owner == "B")
        shop.desk.release("b begins")
        try await shop.wait(for: .completed, definition)
        // The zombie found another version, wrote nothing, and tells the same end.
        let state = try await shop.clock.advancing { try await lost.outcome() }.state
        #expect(state.last == "last after nothing")
        #expect(shop.desk.log.filter { $0 == "last" }.count == 1)
        let claims = try await shop.journal(definition).filter { if case .claimed = $0 { true } else { false } }
        #expect(claims == [.claimed(worker: "B")])
        await worker.drain()
        _ = try await running.value
    }

    @Test func aWorkerThatGivesSignsOfLifeIsNeverTakenOver() async throws {
        let definition = definition
        shop.desk.hold("b begins")
        let worker = shop.coordinator("A", definition)
        let other = shop.coordinator("B", definition)
        let running = [worker, other].map { worker in Task { try await worker.run() } }
        let handle = try await worker.start(definition, JobState(), key: "k")
        await shop.desk.waitForCall("b")
        await shop.pass(seconds: 60, sleepers: 2)
        #expect(try await shop.summary(definition).owner == "A")
        shop.desk.release("b begins")
        _ = try await handle.outcome()
        #expect(shop.desk.attempts("b").count == 1)
        await worker.drain()
        await other.drain()
        for running in running { _ = try await running.value }
    }

    @Test func aWorkerThatDrainsStillGivesSignsOfLife() async throws {
        let definition = definition
        shop.desk.hold("b begins")
        let worker = shop.coordinator("A", definition)
        let other = shop.coordinator("B", definition)
        let running = [worker, other].map { worker in Task { try await worker.run() } }
        _ = try await worker.start(definition, JobState(), key: "k")
        await shop.desk.waitForCall("b")
        let draining = Task { await worker.drain() }
        await shop.settle()
        await shop.pass(seconds: 30, sleepers: 2)
        #expect(try await shop.summary(definition).owner == "A")
        shop.desk.release("b begins")
        await draining.value
        #expect(try await shop.summary(definition).status == .completed)
        await other.drain()
        for running in running { _ = try await running.value }
    }

    /// A look at many sagas over a slow store takes longer than a lease.
    @Test func aWorkerWhoseLookTakesLongStillGivesSignsOfLife() async throws {
        let shop = shop
        let definition = SagaDefinition("night", version: 1, state: JobState.self) {
            Pause<JobState>("night", for: .seconds(5))
            shop.step("a", \.a)
        }
        let starter = shop.coordinator("S", definition)
        for number in 0..<40 {
            _ = try await starter.start(definition, JobState(), key: try SagaKey("k\(number)"))
        }
        for number in 0..<40 { try await shop.wait(for: .waiting, definition, try SagaKey("k\(number)")) }
        shop.clock.advance(by: .seconds(5))
        let clock = shop.clock
        let signs = SignWitness()
        let slow = FaultInjectingStore(
            shop.store,
            rule: { _, transaction in
                signs.note(transaction, clock.now.offset)
                return nil
            },
            beforeCommit: { _ in clock.advance(by: .milliseconds(400)) }
        )
        let worker = shop.coordinator("A", over: slow, definition)
        let running = Task { try await worker.run() }
        for number in 0..<40 { try await shop.wait(for: .completed, definition, try SagaKey("k\(number)")) }
        #expect(signs.longestSilence < .seconds(5))
        await worker.drain()
        _ = try await running.value
    }

    /// A zombie that is stopped before each of its writes in turn, and wakes when another has finished.
    @Test(arguments: 2...4)
    func aZombiesWritesAreAllRefused(_ number: Int) async throws {
        let definition = definition
        let gate = CommitGate()
        let stopped = FaultInjectingStore(shop.store, beforeCommit: { await gate.pass($0) })
        gate.hold(number)
        let zombie = shop.coordinator("A", over: stopped, definition)
        let lost = try await zombie.start(definition, JobState(), key: "k")
        await gate.waitForArrival(number)
        let worker = shop.coordinator("B", definition)
        let running = Task { try await worker.run() }
        await shop.pass(seconds: 12, sleepers: 1)
        try await shop.wait(for: .completed, definition)
        let before = try await shop.journal(definition)
        gate.release(number)
        _ = try await shop.clock.advancing { try await lost.outcome() }
        #expect(try await shop.journal(definition) == before)
        #expect(stopped.commitCount == number)
        await worker.drain()
        _ = try await running.value
    }

    @Test func aSagaThatAFailingStoreMadeItsDriverLeaveIsCarriedOnByTheSameWorker() async throws {
        let definition = definition
        let failing = FaultInjectingStore(shop.store)
        failing.inject(.refuse(StoreFailure(.unavailable, "no", isRetriable: false)), atCommit: 2)
        let worker = shop.coordinator("A", over: failing, definition)
        _ = try await worker.start(definition, JobState(), key: "k")
        try await shop.until { worker.state.withLock { $0.driven.isEmpty } }
        #expect(failing.unfiredFaults.isEmpty)
        let running = Task { try await worker.run() }
        try await shop.clock.advancing { [shop] in try await shop.wait(for: .completed, definition) }
        await worker.drain()
        _ = try await running.value
    }

    @Test func aStepAtWhichWorkersDieIsStuckAndBlocksNobody() async throws {
        let definition = definition
        shop.desk.hold("b begins")
        _ = try await shop.coordinator("A", definition).start(definition, JobState(), key: "poison")
        await shop.desk.waitForCall("b")
        for number in 1...5 {
            let doomed = shop.coordinator("dies \(number)", definition)
            _ = try await doomed.recover()
            await shop.desk.waitForCall("b", times: number + 1)
        }
        _ = try await shop.coordinator("F", definition).recover()
        try await shop.wait(for: .stuck, definition, "poison")
        #expect(shop.stuck.all.count == 1)
        shop.desk.release("b begins")
        let other = try await shop.coordinator("G", definition).start(definition, JobState(), key: "healthy")
        #expect(try await other.outcome().short == "completed")
    }

    @Test func aSagaThatCannotBeReadIsQuarantinedAndBlocksNobody() async throws {
        let definition = definition
        let shop = shop
        let newer = SagaDefinition("work", version: 2, state: JobState.self) { shop.step("a", \.a) }
        shop.desk.hold("a begins")
        let starter = shop.coordinator("A", definition, newer)
        _ = try await starter.start(newer, JobState(), key: "newer")
        _ = try await starter.start(definition, JobState(), key: "damaged")
        _ = try await starter.start(definition, JobState(), key: "healthy")
        await shop.desk.waitForCall("a", times: 3)
        let damaged = try await shop.summary(definition, "damaged")
        var transaction = Transaction(id: TransactionID(bits: 7), time: .epoch)
        let draft = EventDraft(id: EventID(bits: 7), name: SagaEntry.eventName, schemaVersion: 1, payload: [250])
        transaction.append([draft], to: SagaCoordinator.stream(of: damaged.id), expecting: .any)
        _ = try await shop.store.commit(transaction)
        let worker = shop.coordinator("B", definition)
        let running = Task { try await worker.run() }
        await shop.pass(seconds: 11, sleepers: 1)
        await shop.desk.waitForCall("a", times: 4)
        shop.desk.release("a begins")
        try await shop.wait(for: .completed, definition, "healthy")
        #expect(worker.state.withLock { $0.quarantined.count } == 2)
        await worker.drain()
        _ = try await running.value
    }
}
