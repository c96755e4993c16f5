import Marketplace
import Testing

struct StockTableGuide {
    @Test func aReservationIsKeptByLocksInTablesOfOnesOwn() async throws {
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        // guide: Locks and your own tables
        let inventory = LockedInventory(
            table: InMemoryStockTable(),  // yours, on your database
            locks: InMemoryLockProvider()  // any provider that all your processes share
        )
        try await inventory.record(
            .restock(id: identifiers.next(), sku: "espresso", quantity: Quantity(5), at: clock.now)
        )
        let request = ReservationRequest(
            id: identifiers.next(),
            lines: [ReservationLine("espresso", .one)],
            member: "member-17",
            deadline: clock.now.advanced(by: .minutes(10)),
            at: clock.now
        )
        try await inventory.reserve(request)
        // end of guide
        #expect(try await inventory.stock(of: "espresso")?.available == 4)
    }

    @Test func aWriteIsRefusedWhenWhatItSawHasChanged() async throws {
        // guide: The fence
        let table = InMemoryStockTable()
        try await table.write(StockTableWrite(fences: [StockFence("inventory:espresso", seen: nil, token: .init(1))]))

        // Two holders have read; the first one's lease ran out, and it does not know.
        let first = StockFence("inventory:espresso", seen: .init(1), token: .init(2))
        let second = StockFence("inventory:espresso", seen: .init(1), token: .init(3))
        try await table.write(StockTableWrite(fences: [first]))  // 2 is the highest token so far
        do throws(StockTableError) {
            try await table.write(StockTableWrite(fences: [second]))
        } catch {
            print(error)  // what the second one saw is no longer so: it reads again and decides again
        }
        // end of guide
        #expect(try await table.read(StockTableQuery(fences: ["inventory:espresso"])).fences.values.first?.value == 2)
    }

    @Test func theBoundsAreAConfiguration() async throws {
        // guide: Bounds
        let configuration = LockedInventory.Configuration(
            lease: .seconds(10),
            wait: .seconds(2),
            keyPrefix: "inventory",
            maximumAttempts: 8
        )
        // end of guide
        #expect(configuration == LockedInventory.Configuration())
    }
}
