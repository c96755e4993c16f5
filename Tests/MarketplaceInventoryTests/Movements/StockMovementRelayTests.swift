import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport
import Testing

struct StockMovementRelayTests {
    /// An inventory in memory with movements of every kind at two places.
    private func busyInventory() async throws -> InMemoryInventory {
        let inventory = InMemoryInventory()
        for number in 0..<6 {
            try await inventory.stock(sku(number), ["east": 20, "west": 9], seed: number + 1)
            try await inventory.reserve(
                number + 1,
                [ReservationLine(sku(number), .units(3), at: "east"), ReservationLine(sku(number), .one, at: "west")]
            )
        }
        for number in 1...3 {
            try inventory.allocate(.number(number), at: .second(2))
            try inventory.ship(.number(number), at: .second(3))
        }
        try inventory.release(.number(4), at: .second(3))
        try inventory.record(
            StockChange(
                id: MovementID(bits: 77),
                sku: sku(1),
                at: "east",
                .transfer(.units(4), to: "west"),
                time: .second(4)
            )
        )
        try inventory.record(
            StockChange(id: MovementID(bits: 78), sku: sku(2), at: "west", .damage(.units(2)), time: .second(5))
        )
        try inventory.expire(dueBy: .second(100), limit: 100)
        return inventory
    }

    /// What does not add up in the feed of `store` against `inventory`.
    private func faults(_ inventory: some InventoryStore, _ store: some Store) async throws -> [String] {
        var faults: [String] = []
        var sums: [StockPoint: Int64] = [:]
        var moved: [MovementID] = []
        let slice = try await store.events(after: .start, matching: .categories(["stock"]), limit: 10_000)
        for event in slice.events {
            if event.name == StockMoved.eventName {
                moved.append(MovementID(bits: event.id.bits))
            } else {
                let changed = try JSONPayloadCodec().decode(ProductStockChanged.self, from: event.payload)
                sums[StockPoint(changed.sku, at: changed.location), default: 0] += changed.units
            }
        }
        let all = try await inventory.allMovements()
        if Set(moved).count != moved.count { faults.append("a movement was copied twice") }
        if Set(moved) != Set(all.map(\.id)) { faults.append("\(moved.count) of \(all.count) movements were copied") }
        for stock in try await inventory.stock(of: Array(Set(all.map(\.sku)))).values {
            for level in stock.levels where level.onHand != sums[StockPoint(stock.sku, at: level.location)] ?? 0 {
                faults.append("\(stock.sku) at \(level.location) is at \(level.onHand)")
            }
        }
        return faults
    }

    private func relay(
        _ inventory: any InventoryStore,
        _ store: any Store,
        batchSize: Int = 5,
        missing: MissedMovementsPolicy = .stop,
        observer: any Observer = .silent
    ) -> StockMovementRelay {
        StockMovementRelay(
            "warehouse",
            from: inventory,
            to: store,
            codec: .json,
            batchSize: batchSize,
            missing: missing,
            observer: observer
        )
    }

    @Test func whatIsOnHandIsTheSumOfTheFeed() async throws {
        let inventory = try await busyInventory()
        let store = InMemoryStore()
        let relay = relay(inventory, store)
        let count = try await inventory.allMovements().count
        #expect(try await relay.catchUp() == count)
        #expect(try await faults(inventory, store) == [])
        #expect(try await relay.catchUp() == 0)
        try await inventory.stock("late", .units(4))
        #expect(try await relay.catchUp() == 1)
        #expect(try await faults(inventory, store) == [])
    }

    @Test(arguments: [CommitFault.crashBefore, .crashAfter, .loseAnswer, .loseRequest, .unavailable])
    func aFaultAtAnyCommitCopiesNothingTwiceAndLosesNothing(fault: CommitFault) async throws {
        let inventory = try await busyInventory()
        var commit = 0
        var hasFired = true
        while hasFired {
            commit += 1
            let base = InMemoryStore()
            let store = FaultInjectingStore(base)
            store.inject(fault, atCommit: commit)
            _ = try? await relay(inventory, store).catchUp()
            hasFired = store.unfiredFaults.isEmpty
            try await relay(inventory, base, batchSize: 7).catchUp()
            #expect(try await faults(inventory, base) == [], "after the fault at commit \(commit)")
        }
        #expect(commit > 5)
    }

    @Test func severalRelaysAtOnceDoNoHarm() async throws {
        let inventory = try await busyInventory()
        let store = FaultInjectingStore.uncertain(oneIn: 4, seed: 7)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for size in 2...5 {
                let relay = relay(inventory, store, batchSize: size)
                group.addTask { try await relay.catchUp() }
            }
            for number in 10..<20 {
                group.addTask { try await inventory.stock(sku(number), .units(3)) }
            }
            try await group.waitForAll()
        }
        try await relay(inventory, store).catchUp()
        #expect(try await faults(inventory, store) == [])
    }

    @Test func movementsThatAreMissingAreToldAndStopTheRelay() async throws {
        let inventory = InMemoryInventory(configuration: .init(movementsPerShard: 512))
        try await inventory.stock("mug", .units(100_000))
        for number in 1...3_000 { try await inventory.reserve(number, [ReservationLine("mug", .one)]) }
        let store = InMemoryStore()
        let notebook = Notebook()
        let thrown = await #expect(throws: MovementReaderError.self) {
            try await relay(inventory, store, observer: notebook).run()
        }
        guard case .movementsMissed(let count)? = thrown else {
            Issue.record("\(String(describing: thrown))")
            return
        }
        #expect(count > 0 && thrown?.isRetriable == false)
        #expect(notebook.events(StockMovementsMissed.self).map(\.count) == [count])
        #expect(notebook.lines.last == MovementReaderFailed.name)
        #expect(try await store.events(after: .start, matching: .categories(["stock"]), limit: 10).events.isEmpty)
        let copied = try await relay(inventory, store, batchSize: 500, missing: .goOn, observer: notebook).catchUp()
        #expect(UInt64(copied) + count == 3_001)
        #expect(notebook.events(StockMovementsMissed.self).map(\.count) == [count, count])
    }

    @Test func itRunsUntilItIsDrainedAndWhatIsCopiedCanBeForgotten() async throws {
        let clock = ManualClock(start: .second(100))
        let inventory = InMemoryInventory()
        try await inventory.stock("mug", .units(5))
        let store = InMemoryStore()
        let notebook = Notebook()
        let relay = StockMovementRelay(
            "warehouse",
            from: inventory,
            to: store,
            codec: .json,
            clock: clock,
            observer: notebook,
            onCopied: { inventory.forgetMovements(before: $0) }
        )
        let running = Task { try await relay.run() }
        await clock.waitForSleepers()
        try await inventory.stock("pen", .units(2))
        clock.advance(by: StockMovementRelay.defaultInterval)
        await clock.waitForSleepers()
        await relay.drain()
        try await running.value
        #expect(notebook.events(StockMovementsRelayed.self).map(\.count) == [1, 1])
        #expect(try await faults(inventory, store) == [])
    }

    @Test func whatARelayWroteReadsLikeTheMovementsOfAnInventoryOnThatStore() async throws {
        let inventory = try await busyInventory()
        let store = InMemoryStore()
        try await relay(inventory, store).catchUp()
        let copied = try await StoreInventory(store: store, codec: .json).allMovements()
        let original = try await inventory.allMovements()
        for number in 0..<6 {
            let sku = sku(number)
            #expect(copied.filter { $0.sku == sku }.map(\.id) == original.filter { $0.sku == sku }.map(\.id))
            #expect(copied.filter { $0.sku == sku }.map(\.deltas) == original.filter { $0.sku == sku }.map(\.deltas))
        }
    }
}
