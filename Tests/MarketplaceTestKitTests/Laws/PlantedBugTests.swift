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

    @Test(arguments: PlantedBugs.faults)
    func theLawOfFailingCommitsCatchesThePlantedBug(_ bug: PlantedBug<FaultyStoreSite>) async {
        await bug.expectIsCaught()
    }

    @Test(arguments: PlantedBugs.held)
    func theLawOfHeldCommitsCatchesThePlantedBug(_ bug: PlantedBug<HeldStoreSite>) async {
        await bug.expectIsCaught()
    }

    @Test(arguments: PlantedBugs.durable)
    func theLawOfDurabilityCatchesThePlantedBug(_ bug: PlantedBug<DurableStoreSite>) async {
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

    @Test(arguments: StoreFaultLaws.all)
    func theStoreTheBugsArePlantedInKeepsEveryLawOfFailingCommits(_ law: StoreFaultLaw) async throws {
        try await law.check { PlantedBugs.faultySite() }
    }

    @Test(arguments: HeldCommitLaws.all)
    func theStoreTheBugsArePlantedInKeepsEveryLawOfHeldCommits(_ law: HeldCommitLaw) async throws {
        try await law.check { PlantedBugs.heldSite(patience: HeldStoreSite.defaultPatience) }
    }

    @Test func everyLawHasAPlantedBug() {
        #expect(Set(PlantedBugs.faults.map(\.law.name)) == Set(StoreFaultLaws.all.names))
        #expect(Set(PlantedBugs.durable.map(\.law.name)) == Set(DurableStoreLaws.all.names))
        #expect(Set(PlantedBugs.held.map(\.law.name)) == Set(HeldCommitLaws.all.names))
        #expect(Set(PlantedBugs.all.map(\.law.name)) == Set(StoreLaws.all.names))
        #expect(Set(PlantedBugs.namespaces.map(\.law.name)) == Set(NamespaceLaws.all.names))
        #expect(Set(PlantedBugs.signals.map(\.law)) == Set(ChangeSignalLaws.all.names))
    }
}
