import Marketplace
import Testing

struct CatalogGuide {
    @Test func aProductIsListedFoundAndPriced() async throws {
        let environment = ServiceEnvironment(
            store: InMemoryStore(),
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: .system)
        )
        // guide: The catalogue
        let catalog = ProductCatalog(in: environment)
        let seller: SellerID = environment.identifiers.next()
        let actor = CommandActor.seller(seller)
        let pot: ProductID = environment.identifiers.next()
        try await catalog.create(pot, of: seller, title: "Tea pot", by: actor, key: "create")
        let colour = ProductOption("Colour", values: ["red", "blue"])
        try await catalog.edit(pot, ProductEdit(options: [colour]), by: actor, key: "options")
        let red = ProductVariant(
            id: environment.identifiers.next(),
            sku: "pot-red",
            price: Money(minorUnits: 30_000, .krw),
            choices: [VariantChoice("Colour", "red")],
            tiers: [PriceTier(for: "trade", from: try Quantity(10), price: Money(minorUnits: 25_000, .krw))]
        )
        try await catalog.addVariant(red, to: pot, by: actor, key: "red")
        try await catalog.activate(pot, by: actor, key: "activate")

        let request = CatalogLineRequest("pot-red", try Quantity(10))
        let line = try await catalog.line(for: request, groups: ["trade"])  // 25,000 won each, as the server says
        // end of guide
        #expect(line.unitPrice == Money(minorUnits: 25_000, .krw) && line.productID == pot)
    }
}
