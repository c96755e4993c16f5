import Marketplace
import Testing

struct StockGuide {
    private let clock = SystemWallClock()
    private let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())

    /// An inventory with mugs in the north and in the south, and tea in the south.
    private func warehouse() throws -> InMemoryInventory {
        let inventory = InMemoryInventory()
        for (sku, location, units) in [("mug", "north", 4), ("mug", "south", 9), ("tea", "south", 30)] {
            try inventory.record(
                .restock(
                    id: identifiers.next(),
                    sku: SKU(sku),
                    quantity: Quantity(units),
                    location: LocationKey(location),
                    at: clock.now
                )
            )
        }
        return inventory
    }

    @Test func anOrderIsPlaced() async throws {
        let inventory = try warehouse()
        // guide: Locations, bundles, signals, late payments, the relay
        let order = PlacementRequest(
            id: identifiers.next(),
            lines: [DemandLine("mug", try Quantity(3)), DemandLine("tea", .one)],
            member: "member-17",
            deadline: clock.now.advanced(by: .minutes(10)),
            at: clock.now
        )
        let reservation = try await inventory.reserve(order, placing: .fewestParcels)  // all from the south
        // end of guide
        #expect(Set(reservation.lines.map(\.location)) == ["south"])
    }

    @Test func aPlanIsAPureFunction() async throws {
        let inventory = try warehouse()
        // guide: Locations
        let stock = try inventory.stock(of: ["mug"])
        let plan = try AllocationStrategy.priority(["north", "south"])
            .plan([DemandLine("mug", try Quantity(6))], from: stock)  // 4 from the north, 2 from the south

        let oldestFirst = AllocationStrategy.ranked { offer in
            offer.places.filter { $0.available > 0 }.map(\.location)  // the best one first
        }
        // end of guide
        #expect(plan.lines.map(\.quantity.value) == [4, 2])
        #expect(try oldestFirst.plan([DemandLine("mug", .one)], from: stock).lines.first?.location == "north")
    }

    @Test func bundlesAreResolved() async throws {
        let inventory = try warehouse()
        // guide: Bundles
        let bundles = try BundleCatalog([
            StockBundle("breakfast", of: [DemandLine("mug", .one), DemandLine("tea", try Quantity(3))]),
            StockBundle("family", of: [DemandLine("breakfast", try Quantity(4))]),
        ])
        let stock = try inventory.stock(of: ["mug", "tea"])
        let order = [DemandLine("mug", try Quantity(2))]
        let count = try bundles.sellableUnits(of: "family", from: stock, besides: order)  // 2: tea is left for no more
        let lines = try bundles.expanded(order + [DemandLine("family", .one)])  // 6 mugs, 12 of tea
        // end of guide
        #expect(count == 2)
        #expect(lines.map(\.quantity.value) == [6, 12])
    }

    @Test func signalsAreTold() async throws {
        let inventory = try warehouse()
        // guide: Signals
        let signals = StockSignalReader(
            of: inventory,
            rule: { _ in StockSignalRule(lowStockAt: 10, rearmedAt: 20) }
        ) { signals, progress in
            for signal in signals { print("\(signal.sku): \(signal.kind), \(signal.available) available") }
            // Keep `progress` together with what the signals led to: it is where the next reader begins.
        }
        let told = try await signals.catchUp()  // `run()` reads every second until it is drained
        // end of guide
        #expect(told == 2)
    }

    @Test func aPaymentIsLate() async throws {
        let inventory = try warehouse()
        let request = ReservationRequest(
            id: identifiers.next(),
            lines: [ReservationLine("mug", .one, at: "north")],
            member: "member-17",
            deadline: clock.now.advanced(by: .minutes(10)),
            at: clock.now
        )
        try inventory.reserve(request)
        let now = clock.now.advanced(by: .minutes(30))
        // guide: Late payments
        let outcome = try await inventory.allocate(request, whenLate: .reacquire, at: now)
        switch outcome {
        case .allocated(let id): print("\(id) was still held")
        case .reacquired(let id): print("\(id) has taken its place: ship that")
        case .partlyReacquired(let rest, let id): print("\(id) had some in time, \(rest) has the others: ship both")
        case .refused(let refusal): print("give the money back: \(refusal)")
        case .partlyRefused(let refusal, let lines, _): print("\(lines) are promised; the others are not: \(refusal)")
        }
        // end of guide
        #expect(outcome == .reacquired(ReservationID(reacquiring: request.id)))
    }

    @Test func movementsAreRelayed() async throws {
        let inventory = try warehouse()
        let store = InMemoryStore()
        // guide: The relay
        let relay = StockMovementRelay("flash-sale", from: inventory, to: store, codec: .json) { cursor in
            inventory.forgetMovements(before: cursor)
        }
        let copied = try await relay.catchUp()  // `run()` copies every second until it is drained
        // end of guide
        #expect(copied == 3)
    }
}
