import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport
import Testing

/// What only the form on a store has.
struct StoreInventoryTests {
    @Test func unknownOutcomesAreResolvedByCommittingAgain() async throws {
        let store = FaultInjectingStore.uncertain(oneIn: 2, seed: 7)
        let inventory = StoreInventory(store: store, codec: .json)
        try await inventory.stock("mug", .units(100))
        for number in 1...50 {
            try await inventory.reserve(number, [ReservationLine("mug", .one)])
            try await inventory.allocate(.number(number), at: .second(2))
            try await inventory.ship(.number(number), at: .second(3))
        }
        #expect(try await inventory.figures("mug") == [50, 0, 0])
        #expect(try await inventory.allMovements().count == 151)
        #expect(store.firedFaults.values.count { $0 == .loseAnswer } > 10)
        #expect(store.firedFaults.values.count { $0 == .loseRequest } > 10)
    }

    @Test func anOutcomeThatStaysUnknownIsReportedAsThat() async throws {
        let store = InMemoryStore()
        try await StoreInventory(store: store, codec: .json).stock("mug", .units(10))
        let unreachable = FaultInjectingStore(store) { _, _ in .loseRequest }
        let inventory = StoreInventory(store: unreachable, codec: .json)
        let error = await #expect(throws: InventoryError.self) {
            try await inventory.reserve(1, [ReservationLine("mug", .one)])
        }
        #expect(error?.effect == .unknown)
        #expect(!unreachable.firedFaults.isEmpty)
    }

    /// An inventory over the store in whose first commit a rival is quicker.
    private func overtaken(
        on base: InMemoryStore,
        by rival: @escaping @Sendable () async throws -> Void
    ) -> StoreInventory {
        let store = FaultInjectingStore(
            base,
            beforeCommit: { number in
                guard number == 1 else { return }
                await #expect(throws: Never.self) { try await rival() }
            }
        )
        return StoreInventory(store: store, codec: .json)
    }

    @Test func whoeverSetsTermsLastIsNotToldSoInVain() async throws {
        let base = InMemoryStore()
        let rival = StoreInventory(store: base, codec: .json)
        try await rival.stock("mug", .units(5))
        let inventory = overtaken(on: base) {
            try await rival.setTerms(SaleTerms(perMemberLimit: .units(5)), for: "mug", at: .second(1))
        }
        try await inventory.setTerms(SaleTerms(perMemberLimit: .one), for: "mug", at: .second(1))
        for reader in [inventory, rival, StoreInventory(store: base, codec: .json)] {
            let refusal = try await refusal { () async throws(InventoryError) in
                _ = try await reader.reserve(1, [ReservationLine("mug", .units(2))])
            }
            #expect(refusal != nil, "the limit of one is not kept")
        }
    }

    @Test func ofTwoChangesOfOneIdOnlyTheQuickerIsRecorded() async throws {
        let base = InMemoryStore()
        let rival = StoreInventory(store: base, codec: .json)
        let restock = { @Sendable (units: Int) in
            StockChange.restock(id: MovementID(bits: 7), sku: "mug", quantity: .units(units), at: .second(0))
        }
        let inventory = overtaken(on: base) { try await rival.record(restock(3)) }
        let refusal = try await refusal { () async throws(InventoryError) in _ = try await inventory.record(restock(5))
        }
        #expect(refusal == .changeMismatch(MovementID(bits: 7)))
        #expect(try await rival.figures("mug") == [3, 0, 0])
    }

    @Test func everyChangeIsAnEventInTheStreamOfItsSKU() async throws {
        let store = InMemoryStore()
        let inventory = StoreInventory(store: store, codec: .json)
        try await inventory.stock("mug", .units(5))
        try await inventory.reserve(1, [ReservationLine("mug", .units(2))])
        try await inventory.release(.number(1), at: .second(2))
        let events = try await store.events(in: StreamID("stock", "mug"), from: .first, limit: 10)
        #expect(events.map(\.name) == ["StockMoved", "ProductStockChanged", "StockMoved", "StockMoved"])
        let payload = try JSONPayloadCodec().decode(StockMoved.self, from: try #require(events.last).payload)
        #expect((payload.sku, payload.location, payload.kind) == ("mug", .main, .cancellation))
        #expect((payload.deltas, payload.reservation) == (StockDeltas(held: -2), .number(1)))
        #expect(payload.reference == "order-7")
        let keys: [CounterKey] = ["stock/unpromised/4/main/mug", "stock/on-hand/4/main/mug", "stock/held/4/main/mug"]
        let counters = try await store.counters(keys)
        #expect(keys.map { counters[$0] } == [5, 5, 0])
    }

    @Test func twoProcessesOnOneStoreSeeEachOthersTerms() async throws {
        let store = InMemoryStore()
        let first = StoreInventory(store: store, codec: .json)
        let second = StoreInventory(store: store, codec: .json)
        try await first.stock("mug", .units(10))
        try await second.reserve(1, [ReservationLine("mug", .one)])
        try await first.setTerms(SaleTerms(maximumPerPurchase: .one), for: "mug", at: .second(1))
        let answer = try await refusal { () async throws(InventoryError) in
            try await second.reserve(2, [ReservationLine("mug", .units(2))])
        }
        #expect(answer == .aboveMaximum("mug", maximum: 1, requested: 2))
        try await second.setTerms(.unrestricted, for: "mug", at: .second(2))
        try await first.reserve(2, [ReservationLine("mug", .units(2))])
        #expect(try await first.figures("mug") == [10, 3, 0])
    }

    @Test func aLimitWithoutACountWritesNoCounterOfMembers() async throws {
        let store = InMemoryStore()
        let inventory = StoreInventory(store: store, codec: .json)
        try await inventory.stock("mug", .units(10))
        try await inventory.reserve(1, [ReservationLine("mug", .units(2))])
        #expect(try await store.counter("stock/taken/0/3/mug/ann") == 0)
        try await inventory.setTerms(SaleTerms(perMemberLimit: .units(5)), for: "mug", at: .second(2))
        try await inventory.reserve(2, [ReservationLine("mug", .units(2))], at: 3)
        #expect(try await store.counter("stock/taken/1/3/mug/ann") == 2)
    }

    @Test func whatIsPastItsRetentionIsForgottenByASweep() async throws {
        let inventory = StoreInventory(store: InMemoryStore(), codec: .json)
        try await inventory.stock("mug", .units(10))
        try await inventory.reserve(1, [ReservationLine("mug", .one)])
        try await inventory.release(.number(1), at: .second(2))
        try await inventory.reserve(2, [ReservationLine("mug", .one)])
        try await inventory.allocate(.number(2), at: .second(2))
        let day: Int64 = 24 * 60 * 60
        try await inventory.expire(dueBy: .second(1 + day), limit: 10)
        #expect(try await inventory.reservation(.number(1))?.state == .released)
        try await inventory.expire(dueBy: .second(2 + day), limit: 10)
        #expect(try await inventory.reservation(.number(1)) == nil)
        #expect(try await inventory.reservation(.number(2))?.state == .allocated)
    }

    @Test func aNewReservationIsOneCommitAndNoRead() async throws {
        let store = ReadCountingStore(InMemoryStore())
        let inventory = StoreInventory(store: store, codec: .json)
        try await inventory.stock("mug", .units(10))
        try await inventory.reserve(1, [ReservationLine("mug", .one)])
        _ = store.takeCounts()
        try await inventory.reserve(2, [ReservationLine("mug", .one)])
        #expect(store.takeCounts() == ReadCountingStore.Counts(commits: 1, reads: 0))
    }

    @Test func aReservationThatIsRepeatedIsAnsweredWithWhatBecameOfIt() async throws {
        let store = InMemoryStore()
        let inventory = StoreInventory(store: store, codec: .json)
        try await inventory.stock("mug", .units(1))
        let first = try await inventory.reserve(1, [ReservationLine("mug", .one)])
        #expect(try await inventory.reserve(1, [ReservationLine("mug", .one)]) == first)
        // What an id is known for comes before what the terms say by now, also in another process.
        try await inventory.setTerms(SaleTerms(minimumPerPurchase: .units(5)), for: "mug", at: .second(2))
        let other = StoreInventory(store: store, codec: .json)
        #expect(try await other.reserve(1, [ReservationLine("mug", .one)]) == first)
        try await other.allocate(.number(1), at: .second(2))
        let allocated = try await inventory.reserve(1, [ReservationLine("mug", .one)])
        #expect(allocated.state == .allocated)
        try await other.release(.number(1), at: .second(3))
        let answer = try await refusal { () async throws(InventoryError) in
            try await inventory.reserve(1, [ReservationLine("mug", .one)])
        }
        #expect(answer == .released(.number(1)))
        #expect(try await inventory.figures("mug") == [1, 0, 0])
    }

    @Test func anIdThatWasForgottenHoldsUnitsAnewWithinTheRetentionOfTheStore() async throws {
        let inventory = StoreInventory(
            store: InMemoryStore(),
            codec: .json,
            configuration: .init(retention: .seconds(60))
        )
        try await inventory.stock("mug", .units(10))
        try await inventory.reserve(1, [ReservationLine("mug", .one)])
        try await inventory.release(.number(1), at: .second(2))
        try await inventory.expire(dueBy: .second(62), limit: 10)
        #expect(try await inventory.reservation(.number(1)) == nil)
        try await inventory.reserve(1, [ReservationLine("mug", .one)])
        #expect(try await inventory.figures("mug") == [10, 1, 0])
    }
}
