import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Attributes that categories define.
@Suite struct CatalogAttributeTests {
    private typealias World = CatalogWorld
    private static let seller = CommandActor.seller(World.seller)
    private static let (clothes, shirts) = (World.category(1), World.category(2))

    /// Clothes say what they are made of; shirts below them have a size, and a weight in grams where one is told.
    private static func world() async throws -> World {
        let world = World()
        let catalog = world.catalog
        try await catalog.createCategory(clothes, name: "Clothes", by: World.staff, key: "1")
        try await catalog.createCategory(shirts, under: clothes, name: "Shirts", by: World.staff, key: "2")
        let material = AttributeDefinition.choice("Material", of: ["cotton", "wool"], isRequired: true)
        try await catalog.defineAttribute(material, of: clothes, by: World.staff, key: "3")
        let size = AttributeDefinition.text("Size", isRequired: true)
        try await catalog.defineAttribute(size, of: shirts, by: World.staff, key: "4")
        let weight = AttributeDefinition.number("Weight", unit: "g")
        try await catalog.defineAttribute(weight, of: shirts, by: World.staff, key: "5")
        return world
    }

    /// A draft with these attributes, in the category of shirts.
    private static func draft(
        _ number: Int,
        _ attributes: [ProductAttribute],
        in world: World
    ) async throws -> ProductID {
        let id = World.product(number)
        try await world.catalog.create(id, of: World.seller, title: "Shirt \(number)", by: seller, key: "create")
        try await world.catalog.addVariant(World.variant(number), to: id, by: seller, key: "variant")
        let edit = ProductEdit(categories: [shirts], attributes: attributes)
        try await world.catalog.edit(id, edit, by: seller, key: "edit")
        return id
    }

    private static let good = [
        ProductAttribute("Material", .choice("wool")), ProductAttribute("Size", .text("M")),
    ]

    @Test func aProductIsPutOnSaleWithTheAttributesOfItsCategoriesOrToldAllThatIsWrong() async throws {
        let world = try await Self.world()
        let attributes = [
            ProductAttribute("Material", .choice("steel")),
            ProductAttribute("Weight", .number(ProductMeasure(1, unit: "kg"))), ProductAttribute("Odd", .boolean(true)),
        ]
        let id = try await Self.draft(1, attributes, in: world)
        let refusal = try await world.refusal { () throws(CatalogError) in
            try await world.catalog.activate(id, by: Self.seller, key: "activate")
        }
        #expect(
            refusal
                == .attributes([
                    .missing(name: "Size"), .wrongUnit(name: "Weight", expected: "g", found: "kg"),
                    .notAllowed(name: "Material", value: "steel"),
                ])
        )
        #expect(try await world.catalog.product(id, by: .system)?.status == .draft)
        try await world.catalog.edit(id, ProductEdit(attributes: Self.good), by: Self.seller, key: "mend")
        try await world.catalog.activate(id, by: Self.seller, key: "again")
        #expect(try await world.catalog.product(id, by: .system)?.status == .active)
    }

    @Test func aProductOnSaleIsNotChangedIntoOneThatCouldNotBe() async throws {
        let world = try await Self.world()
        let id = try await Self.draft(1, Self.good, in: world)
        try await world.catalog.activate(id, by: Self.seller, key: "activate")
        let refusal = try await world.refusal { () throws(CatalogError) in
            try await world.catalog.edit(id, ProductEdit(attributes: []), by: Self.seller, key: "empty")
        }
        #expect(refusal == .attributes([.missing(name: "Size"), .missing(name: "Material")]))
        // What says nothing of attributes is free, and out of its categories nothing is asked.
        try await world.catalog.edit(id, ProductEdit(title: "Another shirt"), by: Self.seller, key: "title")
        try await world.catalog.edit(id, ProductEdit(categories: [], attributes: []), by: Self.seller, key: "out")
    }

    @Test func aDefinitionThatComesLaterHoldsWhenAProductIsPutOnSaleAgain() async throws {
        let world = try await Self.world()
        let id = try await Self.draft(1, Self.good, in: world)
        try await world.catalog.activate(id, by: Self.seller, key: "activate")
        let care = AttributeDefinition.boolean("Washable", isRequired: true)
        try await world.catalog.defineAttribute(care, of: Self.clothes, by: World.staff, key: "care")
        #expect(try await world.catalog.product(id, by: .system)?.status == .active)
        try await world.catalog.suspend(id, by: Self.seller, key: "suspend")
        let refusal = try await world.refusal { () throws(CatalogError) in
            try await world.catalog.activate(id, by: Self.seller, key: "again")
        }
        #expect(refusal == .attributes([.missing(name: "Washable")]))
        try await world.catalog.removeAttribute(named: "Washable", of: Self.clothes, by: World.staff, key: "remove")
        try await world.catalog.activate(id, by: Self.seller, key: "at last")
    }

    @Test func aDefinitionAndAPublicationAtOnceAreDecidedOneAfterTheOther() async throws {
        let world = try await Self.world()
        let id = try await Self.draft(1, Self.good, in: world)
        let catalog = world.catalog
        let store = FaultInjectingStore(
            world.base,
            beforeCommit: { number in
                guard number == 1 else { return }
                let care = AttributeDefinition.boolean("Washable", isRequired: true)
                _ = try? await catalog.defineAttribute(care, of: Self.clothes, by: World.staff, key: "care")
            }
        )
        let other = ProductCatalog(
            in: ServiceEnvironment(
                store: store,
                codec: .json,
                identifiers: SeededIdentifiers(seed: 9),
                wallClock: world.clock.wall
            )
        )
        let refusal = try await world.refusal { () throws(CatalogError) in
            try await other.activate(id, by: Self.seller, key: "activate")
        }
        #expect(refusal == .attributes([.missing(name: "Washable")]))
    }

    @Test func definedAttributesAreInheritedAndTheirValuesAreCountedByASearch() async throws {
        let world = try await Self.world()
        let definitions = try await world.catalog.attributes(of: Self.shirts)
        #expect(definitions.map(\.name) == ["Size", "Weight", "Material"])
        #expect(try await world.catalog.categories().attributes(of: Self.shirts) == definitions)
        for (number, size) in ["M", "M", "L"].enumerated() {
            let attributes = [ProductAttribute("Material", .choice("wool")), ProductAttribute("Size", .text(size))]
            let id = try await Self.draft(number + 1, attributes, in: world)
            try await world.catalog.activate(id, by: Self.seller, key: "activate")
        }
        let index = InMemorySearchIndex()
        try await SearchIndexer(in: world.environment, index: index).catchUp()
        var search = ProductSearch()
        search.category = Self.clothes
        search.count(definitions)
        let found = try await index.find(search)
        let size = try #require(ProductSearchField.attribute("Size"))
        let material = try #require(ProductSearchField.attribute("Material"))
        #expect(found.facets[size]?.map { "\($0.value) \($0.count)" }.sorted() == ["L 1", "M 2"])
        #expect(found.facets[material]?.map { "\($0.value) \($0.count)" } == ["wool 3"])
    }

    @Test func aDraftIsSeenByItsSellerAndStaffAloneAndWhatWasOnSaleByEverybody() async throws {
        let world = try await Self.world()
        let id = try await Self.draft(1, Self.good, in: world)
        let catalog = world.catalog
        let filter = ProductListingFilter.seller(World.seller)
        let strangers: [CommandActor] = [.visitor, .buyer(MemberID(bits: 2)), .seller(World.otherSeller)]
        for actor in [Self.seller, World.staff, .system] {
            #expect(try await catalog.product(id, by: actor)?.id == id)
            #expect(try await catalog.product(sku: "sku-1", by: actor)?.id == id)
            #expect(try await catalog.products(filter, by: actor).products.map(\.id) == [id])
        }
        for actor in strangers {
            #expect(try await catalog.product(id, by: actor) == nil)
            #expect(try await catalog.product(sku: "sku-1", by: actor) == nil)
            #expect(try await catalog.products(filter, by: actor).products.isEmpty)
        }
        try await catalog.activate(id, by: Self.seller, key: "activate")
        try await catalog.archive(id, by: Self.seller, key: "archive")
        for actor in strangers { #expect(try await catalog.product(id, by: actor)?.status == .archived) }
    }
}
