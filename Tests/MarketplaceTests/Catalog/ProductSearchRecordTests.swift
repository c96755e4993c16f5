import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

@Suite struct ProductSearchRecordTests {
    let world = CatalogWorld()
    let seller = CommandActor.seller(CatalogWorld.seller)
    let buyer = MemberID(bits: 20)

    func record(_ number: Int, generation: Int64 = 0) async throws -> ProductSearchRecord? {
        try await world.records.record(of: CatalogWorld.product(number), generation: generation)
    }

    /// One product in a category with a parent, with stock, a confirmed order and a review.
    func busyWorld() async throws {
        for (number, parent) in [(1, nil), (2, 1), (3, nil)] as [(Int, Int?)] {
            try await world.catalog.createCategory(
                CatalogWorld.category(number),
                under: parent.map(CatalogWorld.category),
                name: "Category \(number)",
                by: CatalogWorld.staff,
                key: try IdempotencyKey("create \(number)")
            )
        }
        let id = try await world.sell(1, "Tea pot", price: 900)
        let edit = ProductEdit(
            description: "Holds a litre.",
            categories: [CatalogWorld.category(2)],
            attributes: [ProductAttribute("Material", .choice("clay")), ProductAttribute("Handmade", .boolean(true))]
        )
        try await world.catalog.edit(id, edit, by: seller, key: "edit")
        let inventory = StoreInventory(store: world.store, codec: .json)
        let now = world.clock.wall.now
        try await inventory.record(.restock(id: MovementID(bits: 1), sku: "sku-1", quantity: .units(5), at: now))
        let line = try await world.catalog.line(for: CatalogLineRequest("sku-1", .units(2)))
        try await world.order(1, by: buyer, [line, line])
        let reviews = Reviews(in: world.environment, purchases: Bought())
        try await reviews.publish(4, of: id, by: .buyer(buyer), key: "review")
    }

    struct Bought: PurchaseProof {
        func purchase(of product: ProductID, by member: MemberID) async throws(StoreError) -> OrderID? {
            OrderID(bits: 1)
        }
    }

    @Test func theRecordTellsAllThatASearchNeeds() async throws {
        try await busyWorld()
        try await world.catchUp(world.records)
        let record = try #require(try await record(1))
        #expect(record.title == "Tea pot" && record.text == "Holds a litre.\nclay" && record.isListed)
        #expect(record.categories == [1, 2].map(CatalogWorld.category))
        #expect(record.minimumPrice == CatalogWorld.won(900) && record.maximumPrice == CatalogWorld.won(900))
        #expect(record.isInStock && record.unitsSold == 4 && record.skus == ["sku-1"])
        #expect(record.rating == Ratio(4) && record.ratingThousandths == 4_000)
        #expect(record.sellerID == CatalogWorld.seller)
        let statistics = try await world.records.statistics(of: CatalogWorld.product(1))
        #expect(statistics.unitsSold == 4 && statistics.ratings[4] == 1)
    }

    @Test func unitsThatArePromisedAreNotInStock() async throws {
        try await busyWorld()
        let inventory = StoreInventory(store: world.store, codec: .json)
        let now = world.clock.wall.now
        let hold = ReservationRequest(
            id: ReservationID(bits: 1),
            lines: [ReservationLine("sku-1", .units(5))],
            member: "anybody",
            deadline: now.advanced(by: .minutes(5)),
            at: now
        )
        try await inventory.reserve(hold)
        try await world.catchUp(world.records)
        #expect(try await record(1)?.isInStock == false)
        try await inventory.release(ReservationID(bits: 1), at: now)
        try await world.catchUp(world.records)
        #expect(try await record(1)?.isInStock == true)
    }

    @Test func aCanceledOrderIsNoSaleAndAPendingOneWasNone() async throws {
        try await busyWorld()
        let line = try await world.catalog.line(for: CatalogLineRequest("sku-1", .one))
        let pending = try await world.order(2, by: buyer, [line], isConfirmed: false)
        try await world.catchUp(world.records)
        #expect(try await record(1)?.unitsSold == 4)
        try await world.perform(.cancel(.other), on: pending)
        try await world.cancelOrder(OrderID(bits: 1))
        try await world.catchUp(world.records)
        #expect(try await record(1)?.unitsSold == 0)
    }

    @Test func unitsThatAreCalledOffOfAnOrderAreNoSales() async throws {
        try await busyWorld()
        try await world.catchUp(world.records)
        let change = OrderLineChange(lineIndex: 0, units: 1)
        try await world.perform(.change([change]), on: OrderID(bits: 1), by: .buyer(buyer))
        try await world.catchUp(world.records)
        #expect(try await record(1)?.unitsSold == 3)
        try await world.cancelOrder(OrderID(bits: 1))
        try await world.catchUp(world.records)
        #expect(try await record(1)?.unitsSold == 0)
    }

    @Test func aMovedCategoryTakesItsProductsAlong() async throws {
        try await busyWorld()
        try await world.catchUp(world.records)
        let before = try #require(try await record(1))
        try await world.catalog.moveCategory(
            CatalogWorld.category(2),
            under: CatalogWorld.category(3),
            by: CatalogWorld.staff,
            key: "move"
        )
        try await world.catchUp(world.records)
        #expect(try await world.records.refreshMovedCategories() == 1)
        let after = try #require(try await record(1))
        #expect(after.categories == [2, 3].map(CatalogWorld.category) && after.revision == before.revision + 1)
        #expect(try await world.records.refreshMovedCategories() == 0)
    }

    @Test func aChangedRecordIsDeliveredUntilTheIndexHasIt() async throws {
        struct Away: Error {}
        try await busyWorld()
        try await world.catchUp(world.records)
        await #expect(throws: Away.self) { try await world.records.deliver { _ in throw Away() } }
        var index: [ProductID: ProductSearchRecord] = [:]
        #expect(try await world.records.deliver { for record in $0 { index[record.productID] = record } } == 1)
        #expect(try await index[CatalogWorld.product(1)] == record(1))
        #expect(try await world.records.deliver { _ in } == 0)
        // What changes while it is being delivered is delivered again.
        try await world.catalog.edit(CatalogWorld.product(1), ProductEdit(title: "One"), by: seller, key: "one")
        try await world.catchUp(world.records)
        var titles: [String] = []
        try await world.records.deliver { records in
            titles += records.map(\.title)
            guard titles.count == 1 else { return }
            try await world.catalog.edit(CatalogWorld.product(1), ProductEdit(title: "Two"), by: seller, key: "two")
            try await world.catchUp(world.records)
        }
        try await world.records.deliver { titles += $0.map(\.title) }
        #expect(titles == ["One", "Two"])
        // What is not on sale any more is delivered as not listed.
        try await world.catalog.suspend(CatalogWorld.product(1), by: seller, key: "suspend")
        try await world.catchUp(world.records)
        var listed: [Bool] = []
        try await world.records.deliver { listed += $0.map(\.isListed) }
        #expect(listed == [false])
    }

    @Test func eventsThatChangeNothingOfARecordDeliverNothing() async throws {
        try await busyWorld()
        try await world.catchUp(world.records)
        try await world.records.deliver { _ in }
        let inventory = StoreInventory(store: world.store, codec: .json)
        let now = world.clock.wall.now
        try await inventory.record(.restock(id: MovementID(bits: 2), sku: "sku-1", quantity: .units(5), at: now))
        try await world.catchUp(world.records)
        #expect(try await world.records.deliver { _ in } == 0)
    }

    @Test func rebuildingFromTheFeedMakesTheSameRecords() async throws {
        try await busyWorld()
        let runner = world.runner(of: world.records)
        try await runner.catchUp()
        let generation = try await runner.rebuild()
        try await runner.catchUp()
        let first = try #require(try await record(1))
        #expect(try await record(1, generation: generation) == first)
        #expect(try await world.records.statistics(of: CatalogWorld.product(1), generation: generation).unitsSold == 4)
    }

    @Test func stockThatCameBeforeItsProductCounts() async throws {
        let inventory = StoreInventory(store: world.store, codec: .json)
        let now = world.clock.wall.now
        try await inventory.record(.restock(id: MovementID(bits: 1), sku: "sku-1", quantity: .units(5), at: now))
        try await world.catchUp(world.records)
        try await world.sell(1)
        try await world.catchUp(world.records)
        #expect(try await record(1)?.isInStock == true)
    }

    @Test func everyMovementOfStockTellsTheCatalogueOnce() async throws {
        let inventory = InMemoryInventory()
        let now = world.clock.wall.now
        for number in 1...3 {
            try inventory.record(
                .restock(id: MovementID(bits: UInt128(number)), sku: "sku-1", quantity: .one, at: now)
            )
        }
        for _ in 0..<3 {
            let relay = StockMovementRelay("stock", from: inventory, to: world.store, codec: .json)
            try await relay.catchUp()
        }
        let names = try await world.eventNames()
        #expect(names.filter { $0 == ProductStockChanged.eventName }.count == 3)
    }
}
