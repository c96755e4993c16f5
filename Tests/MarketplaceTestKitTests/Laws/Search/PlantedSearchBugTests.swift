import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct PlantedSearchBugTests {
    @Test(arguments: PlantedSearchBugs.all)
    func theLawCatchesThePlantedBug(_ bug: PlantedBug<SearchSite>) async {
        await bug.expectIsCaught()
    }

    @Test(arguments: SearchLaws.all)
    func theIndexTheBugsArePlantedInKeepsEveryLaw(_ law: SearchLaw) async throws {
        try await law.check { SearchSite(AlteredSearchIndex(), other: AlteredSearchIndex()) }
    }

    @Test func everyLawHasAPlantedBug() {
        #expect(Set(PlantedSearchBugs.all.map(\.law.name)) == Set(SearchLaws.all.names))
    }
}
