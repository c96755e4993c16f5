import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

@Suite struct SearchIndexerTests {
    private let world = CatalogWorld()
    private let index = InMemorySearchIndex()
    private let seller = CommandActor.seller(CatalogWorld.seller)

    private var indexer: SearchIndexer { SearchIndexer(in: world.environment, index: index) }

    private func found(_ search: ProductSearch) async throws -> [ProductID] {
        try await index.find(search).hits.compactMap(\.productID)
    }

    private func ids(_ numbers: Int...) -> [ProductID] { numbers.map(CatalogWorld.product) }

    /// Three products of two sellers, in a category below another and beside it.
    private func stocked() async throws {
        for (number, parent) in [(1, nil), (2, 1), (3, nil)] as [(Int, Int?)] {
            try await world.catalog.createCategory(
                CatalogWorld.category(number),
                under: parent.map(CatalogWorld.category),
                name: "Category \(number)",
                by: CatalogWorld.staff,
                key: try IdempotencyKey("create \(number)")
            )
        }
        try await world.sell(1, "Tea pot", price: 900)
        try await world.sell(2, "Tea cup", price: 300)
        try await world.sell(3, "Coffee pot", price: 2_000, by: CatalogWorld.otherSeller)
        for (number, category, sellerID) in [
            (1, 2, CatalogWorld.seller), (2, 1, CatalogWorld.seller), (3, 3, CatalogWorld.otherSeller),
        ] {
            let edit = ProductEdit(
                categories: [CatalogWorld.category(category)],
                attributes: [
                    ProductAttribute("Material", .choice(number == 2 ? "glass" : "clay")),
                    ProductAttribute("Weight", .number(ProductMeasure(Int64(number), scale: 1, unit: "kg"))),
                    ProductAttribute("Handmade", .boolean(number == 1)),
                ]
            )
            try await world.catalog.edit(CatalogWorld.product(number), edit, by: .seller(sellerID), key: "edit")
        }
        let inventory = StoreInventory(store: world.store, codec: .json)
        let now = world.clock.wall.now
        try await inventory.record(.restock(id: MovementID(bits: 1), sku: "sku-1", quantity: .units(5), at: now))
    }

    @Test func productsAreFoundByAllThatBuyersLookFor() async throws {
        try await stocked()
        #expect(try await indexer.catchUp() == 3)
        var search = ProductSearch("tea")
        search.order = .cheapest(.krw)
        #expect(try await found(search) == ids(2, 1))
        search = ProductSearch()
        search.category = CatalogWorld.category(1)
        search.order = .dearest(.krw)
        #expect(try await found(search) == ids(1, 2))
        search = ProductSearch()
        search.sellers = [CatalogWorld.otherSeller]
        #expect(try await found(search) == ids(3))
        search = ProductSearch("po")
        search.lastWordIsPrefix = true
        search.isInStock = true
        #expect(try await found(search) == ids(1))
        search = ProductSearch()
        (search.minimumPrice, search.maximumPrice) = (CatalogWorld.won(300), CatalogWorld.won(900))
        search.order = .cheapest(.krw)
        #expect(try await found(search) == ids(2, 1))
        search = ProductSearch()
        search.attributes = ["Material": ["clay"]]
        search.order = .cheapest(.krw)
        #expect(try await found(search) == ids(1, 3))
        let weight = try #require(ProductSearchField.attribute("Weight", unit: "kg"))
        let light = SearchQuery(where: [.number(weight, atMost: 150_000_000)])
        #expect(try await index.find(light).hits.compactMap(\.productID) == ids(1))
        #expect(try await found(ProductSearch("sku-3")) == ids(3))
    }

    @Test func whatIsNotOnSaleAnyMoreIsNotFound() async throws {
        try await stocked()
        try await indexer.catchUp()
        try await world.catalog.suspend(CatalogWorld.product(1), by: seller, key: "suspend")
        #expect(try await indexer.catchUp() == 1)
        #expect(try await found(ProductSearch("tea")) == ids(2))
        #expect(try await indexer.catchUp() == 0)
    }

    @Test func recordsThatWereMadeAnewReplaceThoseThatAreThere() async throws {
        try await stocked()
        try await indexer.catchUp()
        let indexer = indexer
        let generation = try await indexer.rebuild()
        try await world.catalog.edit(CatalogWorld.product(1), ProductEdit(title: "Kettle"), by: seller, key: "kettle")
        #expect(try await indexer.catchUp(generation: generation) == 3)
        #expect(try await found(ProductSearch("kettle")) == ids(1))
    }

    @Test func aNameOrAValueThatCanBeNoneIsRefused() async throws {
        var search = ProductSearch()
        search.attributes = ["Material": [""]]
        await #expect(throws: SearchError.self) { try await index.find(search) }
        search.attributes = [String(repeating: "x", count: 600): ["clay"]]
        await #expect(throws: SearchError.self) { try await index.find(search) }
    }

    @Test func numbersOfDifferentScalesCompare() {
        #expect(ProductMeasure(15, scale: 1).billionths == ProductMeasure(1_500, scale: 3).billionths)
        #expect(ProductMeasure(.max, scale: 0).billionths == .max && ProductMeasure(.min, scale: 0).billionths == .min)
        #expect(
            ProductMeasure(7, scale: 100).billionths == 7 && ProductMeasure(7, scale: -5).billionths == 7_000_000_000
        )
    }
}
