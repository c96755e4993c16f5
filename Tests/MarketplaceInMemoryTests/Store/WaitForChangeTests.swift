import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Testing

@testable import MarketplaceInMemory

struct WaitForChangeTests {
    private let clock = ManualClock()
    private let store: InMemoryStore
    private let identifiers = SeededIdentifiers(seed: 1)

    init() {
        store = InMemoryStore(wallClock: clock.wall, clock: clock)
    }

    @discardableResult
    private func append() async throws -> FeedPosition {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        let event = EventDraft(id: identifiers.next(), name: "Happened", payload: [])
        transaction.append([event], to: StreamID("a", "b"), expecting: .any)
        return try await store.commit(transaction).position
    }

    private func waiting(after position: FeedPosition, atMost limit: Duration = .seconds(60)) async -> Task<Void, Never>
    {
        let count = store.waiterCount
        let task = Task { await store.waitForChange(after: position, atMost: limit) }
        while store.waiterCount == count { await Task.yield() }
        return task
    }

    @Test func aCommitWakesThoseWhoWaitForIt() async throws {
        let head = try await append()
        let first = await waiting(after: head)
        let second = await waiting(after: head)
        let later = await waiting(after: FeedPosition(minor: head.minor + 1))
        try await append()
        await first.value
        await second.value
        // The one that waits for more goes back to waiting.
        while store.waiterCount != 1 { await Task.yield() }
        try await append()
        await later.value
        #expect(store.waiterCount == 0)
        #expect(clock.sleeperCount == 0)
    }

    @Test func aCommitWithoutEventsWakesNobody() async throws {
        let head = try await append()
        let task = await waiting(after: head)
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        transaction.add(1, to: "counter")
        _ = try await store.commit(transaction)
        #expect(store.waiterCount == 1)
        try await append()
        await task.value
    }

    @Test func aWaitEndsAtItsLimit() async throws {
        let head = try await append()
        let task = await waiting(after: head, atMost: .seconds(60))
        await clock.waitForSleepers()
        clock.advance(by: .seconds(59))
        #expect(store.waiterCount == 1)
        clock.advance(by: .seconds(1))
        await task.value
        #expect(store.waiterCount == 0)
    }

    @Test func aCancelledWaitLeavesNothingBehind() async throws {
        let head = try await append()
        for _ in 1...100 {
            let task = await waiting(after: head)
            task.cancel()
            await task.value
            #expect(store.waiterCount == 0)
            #expect(clock.sleeperCount == 0)
        }
    }

    @Test func aWaitOfACancelledTaskEndsAtOnce() async throws {
        let head = try await append()
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask { await store.waitForChange(after: head, atMost: .seconds(60)) }
        }
        #expect(store.waiterCount == 0)
        #expect(clock.sleeperCount == 0)
    }

    @Test func noWakeUpIsLostBetweenACommitAndTheWaitForIt() async throws {
        var head = try await append()
        for _ in 1...500 {
            let position = head
            async let wait: Void = store.waitForChange(after: position, atMost: .seconds(60))
            head = try await append()
            await wait
        }
        #expect(store.waiterCount == 0)
    }

    @Test(arguments: [Duration.seconds(Int64.max), .seconds(-Int64.max)])
    func noLimitIsTooLongOrTooShort(_ limit: Duration) async throws {
        let system = InMemoryStore()
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        let event = EventDraft(id: identifiers.next(), name: "Happened", payload: [])
        transaction.append([event], to: StreamID("a", "b"), expecting: .any)
        _ = try await system.commit(transaction)
        await system.waitForChange(after: .start, atMost: limit)
        #expect(system.waiterCount == 0)
    }
}
