import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

struct StockSignalReaderTests {
    private struct Unavailable: Error {}

    @Test(arguments: InventoryForm.allCases)
    func signalsOfAnInventoryAreHandedOver(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.setTerms(SaleTerms(safetyStock: 2), for: "mug", at: .second(0))
        try await inventory.stock("mug", .units(6))
        try await inventory.reserve(1, [ReservationLine("mug", .units(4))])
        try await inventory.release(.number(1), at: .second(2))
        let told = Mutex<[StockSignal]>([])
        let kept = Mutex(StockSignalProgress.start)
        let reader = StockSignalReader(of: inventory) { signals, progress in
            told.withLock { $0 += signals }
            kept.withLock { $0 = progress }
        }
        #expect(try await reader.catchUp() == 3)
        #expect(told.withLock { $0.map(\.kind) } == [.backInStock, .outOfStock, .backInStock])
        #expect(told.withLock { $0.map(\.available) } == [4, 0, 4])
        let next = StockSignalReader(of: inventory, from: kept.withLock { $0 }) { signals, _ in
            told.withLock { $0 = signals }
        }
        #expect(try await next.catchUp() == 0)
        try await inventory.reserve(2, [ReservationLine("mug", .units(4))], at: 3)
        #expect(try await next.catchUp() == 1)
        #expect(told.withLock { $0.map(\.kind) } == [.outOfStock])
    }

    @Test func signalsThatWereNotTakenOverComeAgain() async throws {
        let inventory = InMemoryInventory()
        try await inventory.stock("mug", .units(6))
        let isDown = Mutex(true)
        let told = Mutex<[StockSignal]>([])
        let reader = StockSignalReader(of: inventory) { signals, _ in
            if isDown.withLock({ $0 }) { throw Unavailable() }
            told.withLock { $0 += signals }
        }
        let thrown = await #expect(throws: MovementReaderError.self) { try await reader.catchUp() }
        #expect(thrown == .handlerFailed("Unavailable()") && thrown?.isRetriable == true)
        isDown.withLock { $0 = false }
        try await reader.catchUp()
        #expect(told.withLock { $0.map(\.kind) } == [.backInStock])
    }

    @Test func itRunsUntilItIsDrainedAndTellsTheObserver() async throws {
        let clock = ManualClock(start: .second(100))
        let inventory = InMemoryInventory()
        try await inventory.stock("mug", .units(6))
        let notebook = Notebook()
        let reader = StockSignalReader(of: inventory, clock: clock, observer: notebook) { _, _ in }
        let running = Task { try await reader.run() }
        await clock.waitForSleepers()
        await reader.drain()
        try await running.value
        #expect(notebook.events(StockSignalsTold.self).map(\.count) == [1])
    }

    @Test func movementsThatAreMissingStopTheReader() async throws {
        let inventory = InMemoryInventory(configuration: .init(movementsPerShard: 512))
        try await inventory.stock("mug", .units(100_000))
        for number in 1...3_000 { try await inventory.reserve(number, [ReservationLine("mug", .one)]) }
        let notebook = Notebook()
        let reader = StockSignalReader(of: inventory, observer: notebook) { _, _ in }
        let thrown = await #expect(throws: MovementReaderError.self) { try await reader.run() }
        guard case .movementsMissed? = thrown else {
            Issue.record("\(String(describing: thrown))")
            return
        }
        #expect(notebook.lines == [MovementReaderFailed.name])
    }
}
