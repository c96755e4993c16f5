import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

@Suite struct ProductCatalogTests {
    let world = CatalogWorld()
    let seller = CommandActor.seller(CatalogWorld.seller)

    @Test func whatWasChangedIsReadAtOnce() async throws {
        let id = try await world.sell(1, price: 900)
        let listing = try #require(try await world.catalog.product(id, by: .system))
        #expect(listing.status == .active && listing.title == "Tea pot")
        #expect(listing.createdAt == world.clock.wall.now)
        #expect(try await world.catalog.product(sku: "sku-1", by: .system) == listing)
        #expect(try await world.catalog.product(sku: "sku-2", by: .system) == nil)
        world.clock.advance(by: .days(1))
        try await world.catalog.changePrice(
            of: VariantID(bits: 1),
            of: id,
            to: CatalogWorld.won(800),
            by: seller,
            key: "price"
        )
        let reduced = try #require(try await world.catalog.product(id, by: .system)?.variant("sku-1"))
        #expect(reduced.variant.price == CatalogWorld.won(800))
        #expect(reduced.priorPrice == CatalogWorld.won(900))
        #expect(try await world.catalog.priceHistory(of: VariantID(bits: 1), of: id).entries.count == 2)
    }

    @Test func aRepeatedCommandReturnsTheProductAndRecordsNothing() async throws {
        let id = try await world.sell(1)
        let before = try await world.eventNames()
        let again = try await world.catalog.addVariant(CatalogWorld.variant(1), to: id, by: seller, key: "variant")
        #expect(again.variants.count == 1)
        await #expect(throws: CatalogError.self, "another variant under a used key is not answered as if it were there")
        {
            try await world.catalog.addVariant(CatalogWorld.variant(7), to: id, by: seller, key: "variant")
        }
        #expect(try await world.eventNames() == before)
        #expect(before == ["ProductCreated", "ProductVariantAdded", "ProductStatusChanged"])
    }

    @Test(arguments: [CommitFault.loseAnswer, .loseRequest])
    func aCommandWhoseAnswerIsLostIsRecordedOnce(_ fault: CommitFault) async throws {
        let id = CatalogWorld.product(1)
        try await world.catalog.create(id, of: CatalogWorld.seller, title: "Pot", by: seller, key: "create")
        world.store.injectNext(fault)
        try await world.catalog.addVariant(CatalogWorld.variant(1), to: id, by: seller, key: "variant")
        #expect(try await world.eventNames() == ["ProductCreated", "ProductVariantAdded"])
        #expect(try await world.catalog.product(sku: "sku-1", by: .system)?.id == id)
        #expect(world.store.unfiredFaults.isEmpty)
    }

    @Test func aSKUIsUniqueInTheMarketplace() async throws {
        let first = try await world.sell(1)
        let second = try await world.sell(2)
        let taken = CatalogRefusal.skuTaken("sku-1", by: first)
        #expect(
            try await world.refusal { () async throws(CatalogError) in
                try await world.catalog.perform(
                    .changeSKU(of: VariantID(bits: 2), to: "sku-1"),
                    on: second,
                    by: seller,
                    key: "take"
                )
            } == taken
        )
        #expect(try await world.catalog.product(sku: "sku-2", by: .system)?.id == second)
        // Archiving keeps it, another SKU gives it back.
        try await world.catalog.perform(
            .changeSKU(of: VariantID(bits: 1), to: "new"),
            on: first,
            by: seller,
            key: "give"
        )
        try await world.catalog.archive(first, by: seller, key: "archive")
        try await world.catalog.perform(
            .changeSKU(of: VariantID(bits: 2), to: "sku-1"),
            on: second,
            by: seller,
            key: "take again"
        )
        #expect(try await world.catalog.product(sku: "sku-1", by: .system)?.id == second)
        #expect(try await world.catalog.product(sku: "sku-2", by: .system) == nil)
        #expect(try await world.catalog.product(sku: "new", by: .system)?.id == first)
    }

    @Test func ofTwoProductsThatRaceForASKUOneGetsIt() async throws {
        let products = (1...8).map(CatalogWorld.product)
        for id in products {
            try await world.catalog.create(id, of: CatalogWorld.seller, title: "Pot", by: seller, key: "create")
        }
        let refusals = try await withThrowingTaskGroup(of: CatalogRefusal?.self) { group in
            for (number, id) in products.enumerated() {
                group.addTask {
                    try await world.refusal { () async throws(CatalogError) in
                        let variant = CatalogWorld.variant(number, sku: "the one")
                        try await world.catalog.addVariant(variant, to: id, by: seller, key: "variant")
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let winner = try #require(try await world.catalog.product(sku: "the one", by: .system)?.id)
        #expect(refusals.filter { $0 == nil }.count == 1)
        #expect(refusals.compactMap { $0 } == Array(repeating: .skuTaken("the one", by: winner), count: 7))
        #expect(try await world.eventNames().filter { $0 == "ProductVariantAdded" }.count == 1)
    }

    @Test func whoseProductItIsNotIsRefused() async throws {
        let id = try await world.sell(1)
        let stranger = CommandActor.seller(CatalogWorld.otherSeller)
        let refusal = try await world.refusal { () async throws(CatalogError) in
            try await world.catalog.suspend(id, by: stranger, key: "suspend")
        }
        guard case .product(.forbidden(let forbidden))? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(forbidden.party == .otherSeller)
    }

    @Test func pagesNeitherSkipNorRepeatProductsThatAreEdited() async throws {
        for number in 1...7 {
            try await world.sell(number)
            world.clock.advance(by: .seconds(1))
        }
        try await world.sell(8, by: CatalogWorld.otherSeller)
        let filter = ProductListingFilter.sellerStatus(CatalogWorld.seller, .active)
        var seen: [ProductID] = []
        var page = try await world.catalog.products(filter, by: .system, limit: 3)
        while true {
            seen += page.products.map(\.id)
            guard let next = page.next else { break }
            for number in [1, 6] {
                let edit = ProductEdit(title: "Edited \(seen.count)")
                let key = try IdempotencyKey("edit \(seen.count)")
                try await world.catalog.edit(CatalogWorld.product(number), edit, by: seller, key: key)
            }
            page = try await world.catalog.products(filter, by: .system, after: next, limit: 3)
        }
        #expect(seen == (1...7).reversed().map(CatalogWorld.product))
        #expect(try await world.catalog.products(.all(.active), by: .system).products.count == 8)
        try await world.catalog.suspend(CatalogWorld.product(3), by: seller, key: "suspend")
        #expect(
            try await world.catalog.products(.all(.suspended), by: .system).products.map(\.id) == [
                CatalogWorld.product(3)
            ]
        )
        #expect(
            try await world.catalog.products(.seller(CatalogWorld.seller), by: .system, limit: .min).products.count == 1
        )
        #expect(
            try await world.catalog.products(.seller(CatalogWorld.seller), by: .system, limit: .max).products.count == 7
        )
    }

    @Test func theLargestProductThereCanBeIsStored() async throws {
        let id = CatalogWorld.product(1)
        let wide = "\u{10FFFD}"
        func text(_ part: CatalogTextPart, _ number: Int) -> String {
            String(repeating: wide, count: part.maximumLength - 3) + String(1_000 + number).dropFirst()
        }
        let options = (0..<3).map { number in
            ProductOption(text(.optionName, number), values: (0..<100).map { text(.optionValue, $0) })
        }
        let edit = ProductEdit(
            title: String(repeating: wide, count: 150),
            description: String(repeating: "\u{1}", count: 5_000),
            options: options,
            attributes: (0..<50).map { ProductAttribute(text(.attributeName, $0), .text(text(.attributeText, $0))) },
            media: try (0..<25).map { number in
                let path = try MediaPath(String(repeating: "\u{1}", count: 509) + String(1_000 + number).dropFirst())
                return ProductMedia(path, alternativeText: text(.alternativeText, number))
            }
        )
        try await world.catalog.create(id, of: CatalogWorld.seller, title: "Pot", by: seller, key: "create")
        try await world.catalog.edit(id, edit, by: seller, key: "edit")
        let group = try BuyerGroup(String(repeating: "\u{1}", count: 32))
        let tiers = (1...12).map { PriceTier(for: group, from: .units($0), price: CatalogWorld.won(.max)) }
        for number in 0..<100 {
            let sku = try SKU(String(repeating: "\u{1}", count: 197) + String(1_000 + number).dropFirst())
            let variant = ProductVariant(
                id: VariantID(bits: UInt128(number)),
                sku: sku,
                price: CatalogWorld.won(.max),
                choices: options.map { VariantChoice($0.name, $0.values[number]) },
                tiers: tiers
            )
            try await world.catalog.addVariant(variant, to: id, by: seller, key: try IdempotencyKey("v\(number)"))
        }
        try await world.catchUp(world.records)
        #expect(try await world.catalog.product(id, by: .system)?.variants.count == 100)
        #expect(try await world.records.record(of: id)?.skus.count == 100)
    }
}
