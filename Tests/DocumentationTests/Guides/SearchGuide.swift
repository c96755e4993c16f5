import Marketplace
import MarketplaceTestKit
import Testing

struct SearchGuide {
    @Test func shoesAreFoundByWordsAndFacets() async throws {
        // guide: Search
        let index = InMemorySearchIndex()
        try await index.update([
            .put(
                SearchDocument(
                    "trail-1",
                    revision: DocumentRevision(7),
                    title: "Red trail shoe",
                    body: "Light, with a firm grip",
                    facets: ["category": ["sports", "shoes"], "brand": ["Gamsa"]],
                    numbers: ["price.EUR": 89_00, "rating": 4_600],
                    flags: ["in stock"]
                )
            ),
            .delete("trail-0", revision: DocumentRevision(12)),
        ])

        let result = try await index.find(
            SearchQuery(
                "red sho",
                lastWordIsPrefix: true,
                where: [.facet("category", anyOf: ["shoes"]), .number("price.EUR", atMost: 100_00), .flag("in stock")],
                counting: ["brand"],
                sortedBy: .ascending("price.EUR")
            )
        )
        print(result.hits.map(\.key), result.facets)
        // end of guide
        #expect(result.hits.map(\.key) == ["trail-1"])
        #expect(result.facets == ["brand": [FacetCount("Gamsa", count: 1)]])
    }

    // guide: Writing an adapter
    @Test(arguments: SearchLaws.all)
    func everyLawOfSearchHolds(_ law: SearchLaw) async throws {
        try await law.check {
            // What your adapter keeps its documents in, empty, and another namespace of the same place.
            SearchSite(InMemorySearchIndex(), other: InMemorySearchIndex())
        }
    }
    // end of guide
}
