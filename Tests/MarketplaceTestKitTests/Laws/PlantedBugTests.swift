import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct PlantedBugTests {
    @Test(arguments: PlantedBugs.all)
    func theLawCatchesThePlantedBug(_ bug: PlantedBug<any Store>) async {
        await bug.expectIsCaught()
    }

    @Test(arguments: PlantedBugs.namespaces)
    func theLawOfNamespacesCatchesThePlantedBug(_ bug: PlantedBug<NamespacePair>) async {
        await bug.expectIsCaught()
    }

    @Test(arguments: PlantedBugs.signals.indices)
    func theLawOfSignalsCatchesThePlantedBug(_ index: Int) async throws {
        let bug = PlantedBugs.signals[index]
        let law = try #require(ChangeSignalLaws.laws(patience: PlantedBugs.patience)[bug.law])
        await PlantedBug(law, bug.law, make: bug.make).expectIsCaught()
    }

    @Test(arguments: StoreLaws.all)
    func theStoreTheBugsArePlantedInKeepsEveryLaw(_ law: StoreLaw) async throws {
        try await law.check { AlteredStore() }
    }

    @Test func everyLawHasAPlantedBug() {
        #expect(Set(PlantedBugs.all.map(\.law.name)) == Set(StoreLaws.all.names))
        #expect(Set(PlantedBugs.namespaces.map(\.law.name)) == Set(NamespaceLaws.all.names))
        #expect(Set(PlantedBugs.signals.map(\.law)) == Set(ChangeSignalLaws.all.names))
    }
}
