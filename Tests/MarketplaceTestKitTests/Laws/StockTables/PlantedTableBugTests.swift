import MarketplaceInventory
import MarketplaceTestKit
import TestSupport
import Testing

struct PlantedTableBugTests {
    @Test(arguments: PlantedTableBugs.all)
    func theLawCatchesThePlantedBug(_ bug: PlantedTableBug) async {
        await bug.bug.expectIsCaught()
    }

    @Test(arguments: PropertyRun.part(of: PlantedTableBugs.all, oneIn: 3))
    func aPlantedBugBreaksNoLawThatHasNothingToDoWithIt(_ bug: PlantedTableBug) async throws {
        // What a late table never shows is not worth waiting for.
        try await StoreLaws.$feedPatience.withValue(.milliseconds(100)) {
            for law in PropertyRun.part(of: bug.others, oneIn: 6) {
                do {
                    try await law.check { bug.bug.make() }
                } catch let violation as LawViolation {
                    Issue.record("\(violation)")
                }
            }
        }
    }

    @Test(arguments: PlantedTableBugs.faults)
    func theLawOfFailingWritesCatchesThePlantedBug(_ bug: PlantedBug<FaultyStockTableSite>) async {
        await bug.expectIsCaught()
    }

    @Test(arguments: PlantedTableBugs.faults)
    func aFaultyTableBreaksNoOtherLawOfFailingWrites(_ bug: PlantedBug<FaultyStockTableSite>) async throws {
        for law in StockTableFaultLaws.all where law.name != bug.law.name { try await law.check { bug.make() } }
    }

    @Test(arguments: StockTableLaws.all)
    func theTableTheBugsArePlantedInKeepsEveryLaw(_ law: StockTableLaw) async throws {
        try await law.check {
            let table = AlteredStockTable()
            return StockTableSite { table }
        }
    }

    @Test(arguments: StockTableFaultLaws.all)
    func theTableTheBugsArePlantedInKeepsEveryLawOfFailingWrites(_ law: StockTableFaultLaw) async throws {
        try await law.check { PlantedTableBugs.faultySite(nil) }
    }

    @Test(arguments: PlantedTableBugs.held)
    func theLawOfHeldWritesCatchesThePlantedBug(_ bug: PlantedBug<HeldStockTableSite>) async {
        await bug.expectIsCaught()
    }

    @Test(arguments: HeldWriteLaws.all)
    func theTableTheBugsArePlantedInKeepsEveryLawOfHeldWrites(_ law: HeldWriteLaw) async throws {
        try await law.check { PlantedTableBugs.heldSite(StoreGate()) }
    }

    @Test func everyLawHasAPlantedBug() {
        #expect(Set(PlantedTableBugs.all.map(\.bug.law.name)) == Set(StockTableLaws.all.names))
        #expect(Set(PlantedTableBugs.faults.map(\.law.name)) == Set(StockTableFaultLaws.all.names))
        #expect(Set(PlantedTableBugs.held.map(\.law.name)) == Set(HeldWriteLaws.all.names))
    }
}
