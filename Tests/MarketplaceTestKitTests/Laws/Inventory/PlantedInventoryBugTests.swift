import MarketplaceTestKit
import TestSupport
import Testing

struct PlantedInventoryBugTests {
    @Test(arguments: PropertyRun.part(of: PlantedInventoryBugs.all + PlantedInventoryBugs.durable, oneIn: 3))
    func theLawCatchesThePlantedBug(_ bug: PlantedBug<InventorySite>) async {
        await bug.expectIsCaught()
    }

    @Test(arguments: Array(InventoryLaws.all) + Array(DurableInventoryLaws.all))
    func theInventoryTheBugsArePlantedInKeepsEveryLaw(_ law: InventoryLaw) async throws {
        try await law.check { FlawedInventory.site(nil) }
    }

    @Test func everyLawHasAPlantedBug() {
        #expect(Set(PlantedInventoryBugs.all.map(\.law.name)) == Set(InventoryLaws.all.names))
        #expect(Set(PlantedInventoryBugs.durable.map(\.law.name)) == Set(DurableInventoryLaws.all.names))
    }

    @Test func everyFlawIsAPlantedBug() {
        #expect(Set(PlantedInventoryBugs.planted.map(\.flaw)) == Set(InventoryFlaw.allCases))
    }

    /// A law that fails on everything that is wrong anywhere would tell nothing.
    @Test(arguments: PropertyRun.part(of: PlantedInventoryBugs.narrow, oneIn: 3))
    func aNarrowBugBreaksNoOtherLaw(_ flaw: InventoryFlaw) async {
        let own = PlantedInventoryBugs.planted.filter { $0.flaw == flaw }.map(\.law.name)
        var broken: [String] = []
        let others = Set(PropertyRun.part(of: InventoryLaws.all, oneIn: 6).map(\.name))
        for law in InventoryLaws.all where own.contains(law.name) || others.contains(law.name) {
            do {
                try await law.check { FlawedInventory.site(flaw) }
            } catch {
                broken.append(law.name)
            }
        }
        #expect(broken == own)
    }
}
