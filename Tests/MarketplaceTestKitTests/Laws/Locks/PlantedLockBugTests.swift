import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct PlantedLockBugTests {
    @Test(arguments: PlantedLockBugs.locks + PlantedLockBugs.fair + PlantedLockBugs.remote)
    func theLawCatchesThePlantedBug(_ bug: PlantedBug<LockSite>) async {
        await bug.expectIsCaught()
    }

    @Test(arguments: PlantedLockBugs.faults)
    func theLawOfFailingRequestsCatchesThePlantedBug(_ bug: PlantedBug<FaultyLockSite>) async {
        await bug.expectIsCaught()
    }

    @Test(arguments: Array(LockLaws.all) + Array(FairLockLaws.all) + Array(RemoteLockLaws.all))
    func theLocksTheBugsArePlantedInKeepEveryLaw(_ law: LockLaw) async throws {
        try await law.check { PlantedLockBugs.site(nil, patience: LockSite.defaultPatience) }
    }

    @Test(arguments: LockFaultLaws.all)
    func theLocksTheBugsArePlantedInKeepEveryLawOfFailingRequests(_ law: LockFaultLaw) async throws {
        try await law.check { PlantedLockBugs.makeFaulty(nil, patience: LockSite.defaultPatience) }
    }

    @Test func everyLawHasAPlantedBug() {
        #expect(Set(PlantedLockBugs.locks.map(\.law.name)) == Set(LockLaws.all.names))
        #expect(Set(PlantedLockBugs.fair.map(\.law.name)) == Set(FairLockLaws.all.names))
        #expect(Set(PlantedLockBugs.remote.map(\.law.name)) == Set(RemoteLockLaws.all.names))
        #expect(Set(PlantedLockBugs.faults.map(\.law.name)) == Set(LockFaultLaws.all.names))
    }
}
