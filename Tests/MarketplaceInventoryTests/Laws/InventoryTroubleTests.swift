import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// What an inventory says of work of which some was done before something failed, or somebody else came between.
struct InventoryTroubleTests {
    @Test(arguments: 1...10)
    func everyHoldThatWasEndedOnAStoreIsToldOnce(failingAfter count: Int) async throws {
        let base = InMemoryStore()
        let sound = StoreInventory(store: base, codec: .json)
        try await sound.stock("mug", .units(20))
        for number in 1...10 { try await sound.reserve(number, [ReservationLine("mug", .one)]) }
        let down = StoreFailure(.unavailable, "down")
        let failing = FaultInjectingStore(base, rule: { number, _ in number > count ? .refuse(down) : nil })
        let inventory = StoreInventory(store: failing, codec: .json)
        let told = try await inventory.expire(dueBy: .second(100), limit: 100)
        let rest = try await sound.expire(dueBy: .second(100), limit: 100)
        #expect(told.count == count)
        #expect(Set((told + rest).map(\.id)) == Set((1...10).map(ReservationID.number)))
        #expect(told.count + rest.count == 10)
    }

    @Test func everyHoldThatWasEndedInTablesIsToldOnce() async throws {
        let base = InMemoryStockTable()
        let writes = Mutex(0)
        let failing = HookedStockTable(
            base,
            rule: {
                writes.withLock { writes in
                    writes += 1
                    return writes == 1 ? nil : .refuse
                }
            }
        )
        let locks = InMemoryLockProvider()
        let sound = LockedInventory(table: base, locks: locks)
        try await sound.stock("mug", .units(200))
        for number in 1...100 { try await sound.reserve(number, [ReservationLine("mug", .one)]) }
        let inventory = LockedInventory(table: failing, locks: locks)
        let told = try await inventory.expire(dueBy: .second(100), limit: 1_000)
        let rest = try await sound.expire(dueBy: .second(100), limit: 1_000)
        #expect(!told.isEmpty && !rest.isEmpty)
        #expect(Set((told + rest).map(\.id)).count == 100 && told.count + rest.count == 100)
    }

    @Test func whoGotUnitsIsToldAlthoughTheNextFillFailed() async throws {
        let base = InMemoryStockTable()
        let locks = InMemoryLockProvider()
        let sound = LockedInventory(table: base, locks: locks)
        let terms = SaleTerms(backorders: BackorderTerms(limit: .units(5), promisedAt: .second(1_000)))
        try await sound.setTerms(terms, for: "mug", at: .second(0))
        for number in 1...2 { try await sound.reserve(number, [ReservationLine("mug", .one)]) }
        try await sound.stock("mug", .units(2))
        let writes = Mutex(0)
        let failing = HookedStockTable(
            base,
            rule: {
                writes.withLock { writes in
                    writes += 1
                    return writes == 1 ? nil : .refuse
                }
            }
        )
        let inventory = LockedInventory(table: failing, locks: locks)
        let filled = try await inventory.fillBackorders(of: StockPoint("mug"), limit: 10, at: .second(3))
        #expect(filled.map(\.id) == [.number(1)])
    }

    @Test(arguments: [InventoryForm.inMemory, .onStore, .locked])
    func noNumberOfOverdueHoldsKeepsARefusalFromBeingSaid(form: InventoryForm) async throws {
        let inventory: any InventoryStore =
            form == .locked
            ? LockedInventory(table: InMemoryStockTable(), locks: InMemoryLockProvider()) : form.make()
        try await inventory.stock("mug", .units(5_000))
        try await inventory.stock("pen", .one)
        for number in 1...3_000 {
            try await askingAgainWhileUnknown { () async throws(InventoryError) in
                _ = try await inventory.reserve(number, [ReservationLine("mug", .one)])
            }
        }
        let refusal = try await refusal { () async throws(InventoryError) in
            try await askingAgainWhileUnknown { () async throws(InventoryError) in
                _ = try await inventory.reserve(5_000, [ReservationLine("pen", .units(2))], at: 100)
            }
        }
        #expect(refusal == .insufficientStock("pen", requested: 2, available: 1))
    }

    @Test(arguments: [InventoryForm.inMemory, .onStore, .locked])
    func aReservationThatIsRefusedLeavesNoLocation(form: InventoryForm) async throws {
        let inventory = form.make()
        let terms = SaleTerms(backorders: BackorderTerms(limit: .units(5), promisedAt: .second(1_000)))
        let skus: [SKU] = ["a", "b", "c", "full"]
        for sku in skus { try await inventory.setTerms(terms, for: sku, at: .second(0)) }
        for number in 1...InventoryLimits.locationsPerSKU {
            let change = StockChange.restock(
                id: MovementID(bits: UInt128(number)),
                sku: "full",
                quantity: .one,
                location: try LocationKey(validating: "shop-\(number)"),
                at: .second(0)
            )
            try await askingAgainWhileUnknown { () async throws(InventoryError) in
                _ = try await inventory.record(change)
            }
        }
        let refusal = try await refusal { () async throws(InventoryError) in
            _ = try await inventory.reserve(1, ReservationLines(skus.map { ReservationLine($0, .one, at: "new") }))
        }
        #expect(refusal == .tooManyLocations("full", maximum: InventoryLimits.locationsPerSKU))
        for sku in skus.dropLast() { #expect(try await inventory.stock(of: sku)?.levels == []) }
    }

    @Test func nobodyIsPromisedMoreThanTheTermsOfThatMoment() async throws {
        let base = InMemoryStore()
        let other = StoreInventory(store: base, codec: .json)
        try await other.stock("mug", .one)
        let terms = SaleTerms(backorders: BackorderTerms(limit: .units(5), promisedAt: .second(1_000)))
        for reads in 1...12 {
            try await other.setTerms(terms, for: "mug", at: .second(0))
            // The terms change at any moment of an attempt.
            let left = Mutex(reads)
            let counting = FaultInjectingStore(
                base,
                afterRead: {
                    let isTime = left.withLock { left in
                        left -= 1
                        return left == 0
                    }
                    if isTime { try? await other.setTerms(SaleTerms(), for: "mug", at: .second(1)) }
                }
            )
            let buyer = StoreInventory(store: counting, codec: .json)
            let made = try? await buyer.reserve(reads, [ReservationLine("mug", .units(4))])
            if let made { #expect(made.positions.allSatisfy { $0.awaited == 0 || $0.promisedAt == .second(1_000) }) }
            let backordered = try await other.stock(of: "mug")?.backordered ?? 0
            #expect(backordered <= 5)
            try await other.release(.number(reads), at: .second(2))
        }
    }

    @Test func anOverdueHoldIsFoundWhileItIsBeingMade() async throws {
        let inventory = InMemoryInventory()
        let count = PropertyRun.whole(50_000, reducedTo: 10_000)
        try await inventory.stock("mug", .one)
        let line: ReservationLines = [ReservationLine("mug", .one)]
        let wrong = await withTaskGroup(of: Int.self) { group in
            group.addTask {
                for number in 1...count {
                    let request = ReservationRequest(
                        id: .number(number),
                        lines: line,
                        member: "ann",
                        deadline: .second(2),
                        at: .second(1)
                    )
                    _ = try? inventory.reserve(request)
                }
                return 0
            }
            group.addTask {
                var wrong = 0
                for number in 1_000_001...1_000_000 + count {
                    let request = ReservationRequest(
                        id: .number(number),
                        lines: line,
                        member: "bob",
                        deadline: .second(100),
                        at: .second(50)
                    )
                    do throws(InventoryError) {
                        try inventory.reserve(request)
                        try inventory.release(request.id, at: .second(51))
                    } catch {
                        // Whatever ann has is overdue for bob.
                        if error.refusal != nil { wrong += 1 }
                    }
                }
                return wrong
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test func aCursorOfAnotherInventoryMissesSomething() async throws {
        let old = InMemoryInventory()
        let new = InMemoryInventory()
        for inventory in [old, new] {
            for number in 1...10 {
                let id = MovementID(bits: UInt128(number))
                try inventory.record(.restock(id: id, sku: "mug", quantity: .one, at: .second(0)))
            }
        }
        let cursor = try old.movements(after: .start, limit: 100).next
        let slice = try new.movements(after: cursor, limit: 100)
        #expect(slice.movements.count == 10 && slice.missedCount == 1)
        #expect(try new.movements(after: slice.next, limit: 100).missedCount == 0)
    }

    @Test(arguments: InventoryForm.allCases)
    func safetyStockOfMorePlacesThanThereMayBeIsRefused(form: InventoryForm) async throws {
        let inventory = form.make()
        for (count, isAllowed) in [
            (InventoryLimits.locationsPerSKU, true), (InventoryLimits.locationsPerSKU + 1, false),
        ] {
            var exceptions: [LocationKey: Int64] = [:]
            for number in 0..<count { exceptions[try LocationKey(validating: "shop-\(number)")] = 1 }
            let terms = SaleTerms(safetyStock: SafetyStock(0, except: exceptions))
            let refusal = try await refusal { () async throws(InventoryError) in
                try await askingAgainWhileUnknown { () async throws(InventoryError) in
                    try await inventory.setTerms(terms, for: "mug", at: .second(0))
                }
            }
            #expect(refusal == (isAllowed ? nil : .contradictoryTerms("mug")))
        }
    }
}
