import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

struct ReservationSweeperTests {
    @Test(arguments: InventoryForm.allCases)
    func holdsAreEndedSoonAfterTheirDeadline(form: InventoryForm) async throws {
        let clock = ManualClock(start: .second(0))
        let inventory = form.make()
        try await inventory.stock("mug", .units(10))
        try await inventory.reserve(1, [ReservationLine("mug", .one)], at: 1, until: 3)
        try await inventory.reserve(2, [ReservationLine("mug", .one)], at: 1, until: 5)
        let (told, teller) = AsyncStream.makeStream(of: [Reservation].self)
        let sweeper = ReservationSweeper(
            inventory: inventory,
            wallClock: clock.wall,
            interval: .seconds(1),
            clock: clock
        ) {
            teller.yield($0)
        }
        let running = Task { try await sweeper.run() }
        for _ in 0..<6 {
            await clock.waitForSleepers()
            clock.advance(by: .seconds(1))
        }
        await clock.waitForSleepers()
        running.cancel()
        try await running.value
        teller.finish()
        var ended: [ReservationID] = []
        for await reservations in told { ended += reservations.map(\.id) }
        #expect(ended == [.number(1), .number(2)])
        #expect(try await inventory.figures("mug") == [10, 0, 0])
    }

    @Test func aDrainedSweeperReturnsAndWhatItDidWasTold() async throws {
        let clock = ManualClock(start: .second(100))
        let inventory = InMemoryInventory()
        try await inventory.stock("mug", .units(5))
        try await inventory.reserve(1, [ReservationLine("mug", .units(2))])
        let notebook = Notebook()
        let sweeper = ReservationSweeper(
            inventory: inventory,
            wallClock: clock.wall,
            clock: clock,
            observer: notebook
        )
        let running = Task { try await sweeper.run() }
        await clock.waitForSleepers()
        await sweeper.drain()
        try await running.value
        #expect(notebook.lines == ["inventory.holds.expired"])
        #expect(notebook.events(HoldsExpired.self).map(\.count) == [1])
    }

    @Test func aSweepThatFailsIsToldAndMadeAgain() async throws {
        let clock = ManualClock(start: .second(100))
        let store = FaultInjectingStore(InMemoryStore())
        let notebook = Notebook()
        let sweeper = ReservationSweeper(
            inventory: StoreInventory(store: store, codec: .json),
            wallClock: clock.wall,
            clock: clock,
            observer: notebook
        )
        store.failNextReads(1)
        let running = Task { try await sweeper.run() }
        for _ in 1...2 {
            await clock.waitForSleepers()
            clock.advanceToNextSleeper()
        }
        await sweeper.drain()
        try await running.value
        #expect(store.unfiredReadFailures == 0)
        #expect(notebook.lines == ["inventory.sweep.failed"])
    }

    @Test func oneSweepEndsMoreThanOneBatch() async throws {
        let clock = ManualClock(start: .second(100))
        let inventory = InMemoryInventory()
        try await inventory.stock("mug", .units(5_000))
        for number in 1...2_500 { try await inventory.reserve(number, [ReservationLine("mug", .one)]) }
        let sweeper = ReservationSweeper(inventory: inventory, wallClock: clock.wall, clock: clock)
        #expect(try await sweeper.sweep() == 2_500)
        #expect(try await sweeper.sweep() == 0)
    }
}
