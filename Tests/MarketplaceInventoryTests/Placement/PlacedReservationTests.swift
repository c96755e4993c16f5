import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

struct PlacedReservationTests {
    @Test(arguments: InventoryForm.allCases)
    func unitsAreHeldWhereTheStrategySays(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", ["east": 3, "west": 5])
        let made = try await inventory.reserve(.number(1, [DemandLine("mug", .units(6))]), placing: .mostStock)
        #expect(made.state == .held)
        let stock = try await inventory.stock(of: "mug")
        #expect(stock?.level(at: "west").held == 5 && stock?.level(at: "east").held == 1)
    }

    @Test(arguments: InventoryForm.allCases)
    func aRepetitionReturnsTheReservationThoughThePlanWouldDiffer(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", ["east": 3, "west": 5])
        let request = PlacementRequest.number(1, [DemandLine("mug", .units(5))])
        let first = try await inventory.reserve(request, placing: .mostStock)
        try await inventory.stock("mug", ["east": 50], seed: 2)
        #expect(try await inventory.reserve(request, placing: .priority(["east"])) == first)
        let other = PlacementRequest.number(1, [DemandLine("mug", .units(4))])
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.reserve(other, placing: .mostStock)
            } == .reservationMismatch(.number(1))
        )
        let late = PlacementRequest.number(1, [DemandLine("mug", .units(5))], at: 100)
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.reserve(late, placing: .mostStock)
            } == .expired(.number(1), deadline: .second(61))
        )
    }

    @Test(arguments: InventoryForm.allCases)
    func holdsThatAreOverdueGiveWay(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", ["east": 3, "west": 5])
        try await inventory.reserve(
            .number(1, [DemandLine("mug", .units(8))], allowsBackorder: false),
            placing: .mostStock
        )
        let request = PlacementRequest.number(2, [DemandLine("mug", .units(8))], allowsBackorder: false, at: 61)
        #expect(try await inventory.reserve(request, placing: .mostStock).state == .held)
    }

    @Test(arguments: InventoryForm.allCases)
    func tooLittleIsRefusedWithWhatAllPlacesHaveTogether(form: InventoryForm) async throws {
        for allowsBackorder in [true, false] {
            let inventory = form.make()
            try await inventory.stock("mug", ["east": 3, "west": 5])
            let lines = [DemandLine("mug", .units(6)), DemandLine("mug", .units(3))]
            let answer = try await refusal { () async throws(InventoryError) in
                try await inventory.reserve(
                    .number(1, lines, allowsBackorder: allowsBackorder),
                    placing: .mostStock
                )
            }
            #expect(answer == .insufficientStock("mug", requested: 9, available: 8))
            #expect(try await inventory.allOpenReservations().isEmpty)
        }
    }

    @Test(arguments: InventoryForm.allCases)
    func whatTheTermsPermitIsBackorderedAtTheFirstPlace(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", ["east": 3, "west": 5])
        let backorders = BackorderTerms(limit: .units(2), promisedAt: .second(9_000))
        try await inventory.setTerms(SaleTerms(backorders: backorders), for: "mug", at: .second(0))
        let tooMany = PlacementRequest.number(1, [DemandLine("mug", .units(11))])
        let answer = try await refusal { () async throws(InventoryError) in
            try await inventory.reserve(tooMany, placing: .priority(["east", "west"]))
        }
        #expect(answer == .insufficientStock("mug", requested: 11, available: 10))
        let request = PlacementRequest.number(2, [DemandLine("mug", .units(10))])
        let made = try await inventory.reserve(request, placing: .priority(["east", "west"]))
        #expect(made.isAwaitingStock)
        #expect(try await inventory.stock(of: "mug")?.level(at: "east").backordered == 2)
    }

    @Test(arguments: InventoryForm.allCases)
    func manyBuyersAtOnceGetEveryUnitAndNoMore(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", ["east": 7, "north": 6, "west": 7])
        let granted = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 1...30 {
                group.addTask { try await Self.getsAMug(number, from: inventory) }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(granted == 20)
        #expect(try await inventory.stock(of: "mug")?.held == 20)
    }

    @Test(arguments: InventoryForm.allCases)
    func oneRequestThatIsMadeManyTimesAtOnceIsOneReservation(form: InventoryForm) async throws {
        for _ in 0..<20 {
            let inventory = form.make()
            try await inventory.stock("mug", ["east": 3, "west": 3])
            // It takes all there is, so whoever comes second finds nothing but its own.
            let request = PlacementRequest.number(1, [DemandLine("mug", .units(6))], allowsBackorder: false)
            let strategies = [AllocationStrategy.mostStock, .priority(["west", "east"]), .fewestParcels]
            let made = try await withThrowingTaskGroup(of: Reservation.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        try await askingAgainWhileUnknown { () async throws(InventoryError) in
                            try await inventory.reserve(request, placing: strategies[number % 3])
                        }
                    }
                }
                return try await group.reduce(into: Set<ReservationID>()) { $0.insert($1.id) }
            }
            #expect(made == [.number(1)])
            #expect(try await inventory.stock(of: "mug")?.held == 6)
        }
    }

    @Test(arguments: InventoryForm.allCases)
    func aCrowdIsServedThoughAllLocationsAreEqual(form: InventoryForm) async throws {
        try await serve(60, from: form.make(), placing: .mostStock)
    }

    @Test(arguments: InventoryForm.allCases)
    func aCrowdIsServedThoughAllRankOneLocationFirst(form: InventoryForm) async throws {
        // More than there are attempts, and each finds only one location fewer.
        let crowd = PlacementRequest.mostAttempts * 2
        try await serve(crowd, from: form.make(), placing: .priority((0..<crowd).map { Self.shop($0) }))
    }

    /// Serves so many buyers at once, none of whom asks again because others were faster, from as many locations.
    private func serve(
        _ crowd: Int,
        from inventory: any InventoryStore,
        placing strategy: AllocationStrategy
    ) async throws {
        for number in 0..<crowd {
            let id = MovementID(bits: UInt128(number + 1))
            let place = Self.shop(number)
            try await inventory.record(
                .restock(id: id, sku: "mug", quantity: .one, location: place, at: .second(0))
            )
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...crowd {
                let request = PlacementRequest.number(number, [DemandLine("mug", .one)], allowsBackorder: false)
                group.addTask {
                    _ = try await askingAgainWhileUnknown { () async throws(InventoryError) in
                        try await inventory.reserve(request, placing: strategy)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await inventory.stock(of: "mug")?.held == Int64(crowd))
    }

    private static func shop(_ number: Int) -> LocationKey { LocationKey(stringLiteral: "shop-\(number)") }

    @Test func requestsSpreadOverEqualLocationsAndOnlyOverThose() async throws {
        var places: Set<LocationKey> = []
        for number in 1...50 {
            let inventory = InMemoryInventory()
            try await inventory.stock("mug", ["east": 3, "north": 3, "south": 1, "west": 3])
            let request = PlacementRequest.number(number, [DemandLine("mug", .one)])
            let made = try await inventory.reserve(request, placing: .mostStock)
            let other = InMemoryInventory()
            try await other.stock("mug", ["east": 3, "north": 3, "south": 1, "west": 3])
            #expect(try await other.reserve(request, placing: .mostStock) == made, "an id has one plan")
            places.formUnion(made.lines.map(\.location))
        }
        #expect(places == ["east", "north", "west"])
    }

    /// Whether a buyer who asks again while others are faster gets one unit.
    private static func getsAMug(_ number: Int, from inventory: any InventoryStore) async throws -> Bool {
        let request = PlacementRequest.number(number, [DemandLine("mug", .one)], allowsBackorder: false)
        for _ in 0..<50 {
            do throws(InventoryError) {
                try await inventory.reserve(request, placing: .mostStock)
                return true
            } catch {
                if error.refusal != nil { return false }
                guard error.isRetriable || error.effect == .unknown else { throw error }
            }
        }
        return false
    }

    @Test func unitsThatAreTakenBetweenReadingAndReservingArePlannedAnew() async throws {
        let base = InMemoryStore()
        let rival = StoreInventory(store: base, codec: .json)
        try await rival.stock("mug", ["east": 5, "west": 4])
        let hasStruck = Mutex(false)
        let store = FaultInjectingStore(
            base,
            beforeCommit: { _ in
                let isFirst = hasStruck.withLock { struck in
                    defer { struck = true }
                    return !struck
                }
                guard isFirst else { return }
                do {
                    try await rival.reserve(9, [ReservationLine("mug", .units(4), at: "east")], member: "bob")
                } catch {
                    Issue.record(error)
                }
            }
        )
        let inventory = StoreInventory(store: store, codec: .json)
        let made = try await inventory.reserve(.number(1, [DemandLine("mug", .units(4))]), placing: .mostStock)
        #expect(made.lines.map(\.location) == ["west"])
        #expect(hasStruck.withLock { $0 })
    }
}
