import Marketplace
import Testing

struct InventoryGuide {
    @Test func unitsAreHeldAllocatedAndShipped() async throws {
        // guide: Inventory
        let inventory = InMemoryInventory()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        try inventory.record(
            .restock(id: identifiers.next(), sku: "espresso", quantity: Quantity(5), at: clock.now)
        )

        let request = ReservationRequest(
            id: identifiers.next(),
            lines: [ReservationLine("espresso", .one)],
            member: "member-17",
            deadline: clock.now.advanced(by: .minutes(10)),
            at: clock.now
        )
        try inventory.reserve(request)  // held until the deadline
        try inventory.allocate(request.id, at: clock.now)  // promised for good
        try inventory.ship(request.id, at: clock.now)  // out of the stock on hand
        let level = try await inventory.stock(of: "espresso")  // 4 on hand, 4 available
        // end of guide
        #expect(level?.onHand == 4 && level?.available == 4)
    }

    @Test func aRefusalCarriesItsFacts() async throws {
        let inventory = InMemoryInventory()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        // guide: Refusals
        let opening = clock.now.advanced(by: .days(1))
        let terms = SaleTerms(opensAt: opening, perMemberLimit: .one)
        try inventory.setTerms(terms, for: "ticket", at: clock.now)

        let early = ReservationRequest(
            id: identifiers.next(),
            lines: [ReservationLine("ticket", .one)],
            member: "member-17",
            deadline: clock.now.advanced(by: .minutes(10)),
            at: clock.now
        )
        do throws(InventoryError) {
            try inventory.reserve(early)
        } catch {
            switch error {
            case .refused(.saleNotOpen(_, let time)): print("come back at \(time)")
            case .refused(.insufficientStock(_, _, let available)): print("\(available) are left")
            case .refused(let refusal): print(refusal)
            case .contended, .failed: print("try again: \(error)")
            }
        }
        // end of guide
        #expect(throws: InventoryError.refused(.saleNotOpen("ticket", opensAt: opening))) {
            try inventory.reserve(early)
        }
    }

    @Test func aReleaseThatComesFirstLeavesATombstone() async throws {
        let inventory = InMemoryInventory()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        // guide: Calls that come late, twice or first
        let id: ReservationID = identifiers.next()
        let outcome = try inventory.release(id, at: clock.now)  // neverReserved
        // A reservation of that id that arrives from now on is refused with `released`.
        // end of guide
        #expect(outcome == .neverReserved)
        let late = ReservationRequest(
            id: id,
            lines: [ReservationLine("a", .one)],
            member: "m",
            deadline: clock.now.advanced(by: .minutes(1)),
            at: clock.now
        )
        #expect(throws: InventoryError.refused(.released(id))) { try inventory.reserve(late) }
    }

    @Test func overdueHoldsAreSweptUp() async throws {
        let inventory = InMemoryInventory()
        let clock = SystemWallClock()
        // guide: Deadlines
        let sweeper = ReservationSweeper(inventory: inventory, wallClock: clock) { expired in
            print("\(expired.count) holds ended")
        }
        let ended = try await sweeper.sweep()  // once; `run()` sweeps every second until it is drained
        // end of guide
        #expect(ended == 0)
    }

    @Test func theSameSeamStandsOnAnyStore() async throws {
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        // guide: Two forms
        let store = InMemoryStore()
        let inventory: any InventoryStore = StoreInventory(store: store, codec: .json)
        // end of guide
        try await inventory.record(.restock(id: identifiers.next(), sku: "a", quantity: .one, at: clock.now))

        // guide: Movements
        var (cursor, onHand) = (MovementCursor.start, Int64(0))
        while true {
            let page = try await inventory.movements(after: cursor, limit: 1_000)
            guard !page.movements.isEmpty else { break }
            for movement in page.movements { onHand += movement.deltas.onHand }
            cursor = page.next
        }
        // end of guide
        #expect(onHand == 1)
    }

    @Test func anOrderIsProposedWhenTheReorderPointIsReached() async throws {
        let inventory = InMemoryInventory()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        try inventory.record(
            .restock(id: identifiers.next(), sku: "espresso", quantity: Quantity(40), at: clock.now)
        )
        // guide: Replenishment
        let demand = try LeadTimeDemand(
            unitsPerDay: Ratio(15),
            dailyDeviation: Ratio(5),
            leadTimeDays: Ratio(2)
        )
        let safetyStock = try Replenishment.safetyStock(for: demand, at: .level(.percent95))  // 12
        let batch = try Replenishment.economicOrderQuantity(
            unitsPerYear: Ratio(15 * 365),
            orderingCost: Money(minorUnits: 20_00, .usd),
            holdingCost: Money(minorUnits: 1_50, .usd)
        )
        let policy = try ReplenishmentPolicy(
            reorderPoint: Replenishment.reorderPoint(for: demand, safetyStock: safetyStock),  // 42
            safetyStock: safetyStock,
            orderSize: .batches(of: batch),
            packSize: 12
        )
        if let level = try await inventory.stock(of: "espresso")?.level(at: .main),
            let proposal = try policy.proposal(for: level)
        {
            print("order \(proposal.quantity) of \(proposal.sku), \(proposal.shortfall) are short")
        }
        // end of guide
        #expect(safetyStock == 12 && policy.reorderPoint == 42 && batch == 382)
        var level = try #require(try await inventory.stock(of: "espresso")).level(at: .main)
        #expect(try policy.proposal(for: level)?.quantity == 384)
        level.incoming = 384
        #expect(try policy.proposal(for: level) == nil)
    }
}
