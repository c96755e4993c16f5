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

    @Test func unitsComeGoAndBreakAtEveryLocation() async throws {
        let inventory = InMemoryInventory()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        // guide: Stock and locations
        try inventory.record(
            .restock(id: identifiers.next(), sku: "mug", quantity: Quantity(12), location: "berlin", at: clock.now)
        )
        try inventory.record(
            StockChange(
                id: identifiers.next(),
                sku: "mug",
                at: "berlin",
                .transfer(Quantity(5), to: "hamburg"),
                reference: "truck-9",
                time: clock.now
            )
        )
        try inventory.record(
            StockChange(id: identifiers.next(), sku: "mug", at: "hamburg", .damage(.one), time: clock.now)
        )
        let stock = try await inventory.stock(of: "mug")
        let left = stock?.level(at: "hamburg").available  // 4, and 1 is damaged
        let line = try ReservationLine("mug", Quantity(2), at: "hamburg")
        // end of guide
        #expect(left == 4 && stock?.damaged == 1 && stock?.onHand == 11)
        #expect(line.location == "hamburg")
    }

    @Test func aPartOfAReservationIsMovedOn() async throws {
        let inventory = InMemoryInventory()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        try inventory.record(.restock(id: identifiers.next(), sku: "mug", quantity: Quantity(9), at: clock.now))
        let request = ReservationRequest(
            id: identifiers.next(),
            lines: [ReservationLine("mug", try Quantity(3))],
            member: "member-17",
            deadline: clock.now.advanced(by: .minutes(10)),
            at: clock.now
        )
        try inventory.reserve(request)
        // guide: Parts of a reservation
        try inventory.allocate([ReservationLine("mug", Quantity(2))], of: request.id, at: clock.now)
        try inventory.ship([ReservationLine("mug", .one)], of: request.id, at: clock.now)  // the first parcel
        try inventory.ship([ReservationLine("mug", .one)], of: request.id, at: clock.now)  // changes nothing
        try inventory.extend(request.id, to: clock.now.advanced(by: .minutes(20)), at: clock.now)
        if case .open(let reservation) = try inventory.reservation(request.id) {
            print(reservation.positions)  // 1 held, 1 allocated, 1 shipped
        }
        // end of guide
        guard case .open(let reservation) = try inventory.reservation(request.id) else {
            Issue.record("it is open")
            return
        }
        let position = try #require(reservation.positions.first)
        #expect((position.held, position.allocated, position.shipped) == (1, 1, 1))
    }

    @Test func unitsThatWillComeAreSoldToday() async throws {
        let inventory = InMemoryInventory()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        // guide: Backorders and pre-orders
        let arrival = clock.now.advanced(by: .days(14))
        let terms = SaleTerms(backorders: BackorderTerms(limit: try Quantity(100), promisedAt: arrival))
        try inventory.setTerms(terms, for: "album", at: clock.now)
        let order = ReservationRequest(
            id: identifiers.next(),
            lines: [ReservationLine("album", .one)],
            member: "member-17",
            deadline: clock.now.advanced(by: .minutes(10)),
            at: clock.now
        )
        let promised = try inventory.reserve(order).positions.first?.promisedAt
        try inventory.allocate(order.id, at: clock.now)  // paid: one unit is owed

        try inventory.record(
            .restock(id: identifiers.next(), sku: "album", quantity: Quantity(50), at: clock.now)
        )
        let served = try inventory.fillBackorders(of: StockPoint("album"), limit: 100, at: clock.now)
        try inventory.ship(order.id, at: clock.now)
        // end of guide
        #expect(promised == arrival && served.map(\.id) == [order.id])
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
        // guide: Three forms
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
