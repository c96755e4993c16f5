import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

@Suite struct CatalogPriceTests {
    let world = CatalogWorld()
    let seller = CommandActor.seller(CatalogWorld.seller)

    @Test func aLineIsPricedByTheCatalogueAndNeverByTheClient() async throws {
        let id = try await world.sell(1, price: 900)
        let line = try await world.catalog.line(for: CatalogLineRequest("sku-1", .units(3)))
        #expect(
            line
                == OrderLine(
                    sku: "sku-1",
                    variantID: VariantID(bits: 1),
                    productID: id,
                    sellerID: CatalogWorld.seller,
                    quantity: .units(3),
                    unitPrice: CatalogWorld.won(900)
                )
        )
    }

    @Test func theLowestOpenPriceByGroupAndQuantityApplies() async throws {
        let id = try await world.sell(1, price: 900)
        let tiers = [
            PriceTier(from: .units(10), price: CatalogWorld.won(800)),
            PriceTier(for: "trade", price: CatalogWorld.won(700)),
        ]
        try await world.catalog.perform(
            .setPriceTiers(of: VariantID(bits: 1), to: tiers),
            on: id,
            by: seller,
            key: "tiers"
        )
        let catalog = world.catalog
        #expect(try await catalog.price(of: "sku-1").unitPrice == CatalogWorld.won(900))
        #expect(try await catalog.price(of: "sku-1", taking: .units(10)).unitPrice == CatalogWorld.won(800))
        #expect(try await catalog.price(of: "sku-1", for: ["trade"], taking: .units(10)).tier == tiers[1])
        // Two lines of one SKU are one purchase of it.
        let halves = [CatalogLineRequest("sku-1", .units(6)), CatalogLineRequest("sku-1", .units(4))]
        #expect(try await catalog.lines(for: halves).map(\.unitPrice.minorUnits) == [800, 800])
    }

    @Test func onlyWhatIsOnSaleHasAPrice() async throws {
        let id = try await world.sell(1)
        func refusal(_ requests: [CatalogLineRequest]) async throws -> CatalogRefusal? {
            try await world.refusal { () async throws(CatalogError) in _ = try await world.catalog.lines(for: requests)
            }
        }
        let one = CatalogLineRequest("sku-1", .one)
        #expect(try await refusal([one]) == nil)
        #expect(try await refusal([]) == .noLines)
        #expect(try await refusal([one, CatalogLineRequest("sku-9", .one)]) == .unknownSKU("sku-9"))
        #expect(
            try await refusal(Array(repeating: one, count: 201)) == .tooManyLines(count: 201, maximum: 200)
        )
        let most = CatalogLineRequest("sku-1", .units(Quantity.maximum))
        #expect(try await refusal([most, one]) == .quantity("sku-1", .tooLarge(Int64(Quantity.maximum) + 1)))
        try await world.catalog.suspend(id, by: seller, key: "suspend")
        #expect(try await refusal([one]) == .notOnSale(id, .suspended))
        try await world.catalog.archive(id, by: seller, key: "archive")
        #expect(try await refusal([one]) == .notOnSale(id, .archived))
    }

    @Test func cartsSeeTheCatalogueWithTheBuyersPrices() async throws {
        let id = try await world.sell(1, price: 900)
        try await world.sell(2)
        try await world.catalog.suspend(CatalogWorld.product(2), by: seller, key: "suspend")
        for (number, parent) in [(1, nil), (2, 1)] as [(Int, Int?)] {
            try await world.catalog.createCategory(
                CatalogWorld.category(number),
                under: parent.map(CatalogWorld.category),
                name: "Category \(number)",
                by: CatalogWorld.staff,
                key: try IdempotencyKey("create \(number)")
            )
        }
        let edit = ProductEdit(
            categories: [CatalogWorld.category(2)],
            attributes: [ProductAttribute("Material", .choice("clay"))]
        )
        try await world.catalog.edit(id, edit, by: seller, key: "edit")
        let tiers = [PriceTier(for: "trade", from: .units(2), price: CatalogWorld.won(700))]
        try await world.catalog.perform(
            .setPriceTiers(of: VariantID(bits: 1), to: tiers),
            on: id,
            by: seller,
            key: "tiers"
        )
        let buyer = BuyerFacts(groups: ["trade", ""])
        let offers = try await CatalogOffers(world.catalog).offers(
            for: ["sku-1": .units(2), "sku-2": .one, "sku-3": .one],
            to: buyer,
            at: world.clock.wall.now
        )
        #expect(Array(offers.keys) == ["sku-1"])
        let offer = try #require(offers["sku-1"])
        #expect(offer.line.unitPrice == CatalogWorld.won(700) && offer.productID == id)
        #expect(offer.line.categories == [1, 2].map { CatalogWorld.category($0).description })
        #expect(offer.line.attributes == ["Material": "clay"] && offer.sellerID == CatalogWorld.seller)
    }
}
