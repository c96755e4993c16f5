import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceTestKit
import TestSupport
import Testing

struct WaitingQueueSweeperTests {
    @Test(arguments: WaitingQueueForm.allCases)
    func ticketsAreCalledAndNoShowsNoticedThoughNobodyAsks(form: WaitingQueueForm) async throws {
        let clock = ManualClock(start: .second(99))
        let queue = try await form.make(.scenario())
        try await queue.join(1...3)
        let notebook = Notebook()
        let sweeper = WaitingQueueSweeper(
            queue: queue,
            wallClock: clock.wall,
            interval: .seconds(1),
            clock: clock,
            observer: notebook
        )
        let running = Task { try await sweeper.run() }
        for _ in 0..<15 {
            await clock.waitForSleepers()
            clock.advance(by: .seconds(1))
        }
        await clock.waitForSleepers()
        await sweeper.drain()
        try await running.value
        let events = notebook.events(WaitingQueueMoved.self)
        #expect(events.map(\.called) == [1, 1, 1, 0, 0, 0])
        #expect(events.map(\.noShows) == [0, 0, 0, 1, 1, 1])
        #expect(events.map(\.waiting) == [2, 1, 0, 0, 0, 0])
        #expect(notebook.lines.allSatisfy { $0 == "inventory.waiting-queue.moved" })
    }

    @Test func aSweepThatFailsForGoodEndsTheSweeperAndOneThatMaySucceedDoesNot() async throws {
        let clock = ManualClock(start: .second(99))
        let store = FaultInjectingStore(InMemoryStore())
        let queue = try StoreWaitingQueue("drop", store: store, codec: .json)
        try await queue.create(.scenario(), at: .second(0))
        let notebook = Notebook()
        let sweeper = WaitingQueueSweeper(
            queue: queue,
            wallClock: clock.wall,
            interval: .seconds(1),
            clock: clock,
            observer: notebook
        )
        store.failNextReads(1)
        let running = Task { try await sweeper.run() }
        await clock.waitForSleepers()
        store.crash()
        clock.advance(by: .seconds(1))
        await #expect(throws: WaitingQueueError.self) { try await running.value }
        #expect(notebook.events(WaitingQueueSweepFailed.self).map(\.error.isRetriable) == [true, false])
        #expect(notebook.labels == [["next": .text("retry")], ["next": .text("end")]])
    }
}
