import MarketplaceTestKit
import Testing

struct PlantedInventoryBugTests {
    @Test(arguments: PlantedInventoryBugs.all + PlantedInventoryBugs.durable)
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

    @Test(arguments: InventoryFlaw.allCases)
    func matrix(_ flaw: InventoryFlaw) async throws {
        var broken: [String] = []
        for law in InventoryLaws.all {
            do { try await law.check { FlawedInventory.site(flaw) } } catch { broken.append(law.name) }
        }
        print("MATRIX \(flaw) \(broken)")
    }
}
