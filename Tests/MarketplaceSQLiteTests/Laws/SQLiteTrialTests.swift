#if SQLite
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceSQLite
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing
import TrialTrip

/// The trials that every store has to stand, on files.
struct SQLiteTrialTests {
    @Test func aSagaOfSixStepsEndsTheSameWayWhereverItsProcessesDie() async throws {
        let database = try await TestDatabase()
        let number = Mutex(0)
        let stage = trialStage { _ in
            // A namespace for each run is as good as a file, and sooner there.
            let number = number.withLock { number in
                defer { number += 1 }
                return number
            }
            return database.store(StoreNamespace(unchecked: "run-\(number)"))
        }
        let report = try await SagaCrashMatrix(stage, hasSecondCrash: PropertyRun.isWhole).run()
        print("crash matrix of six steps on SQLite: \(report)")
        #expect(report.crashFree == 6)
        #expect(report.crashes > 100)
        #expect(report.unknownCommits > 60)
        #expect(report.secondCrashes > 1_000 || !PropertyRun.isWhole)
    }

    @Test func everyUnitIsSoldOnceToACrowdOnAStore() async throws {
        let (units, buyers) = Self.crowd
        try await InventoryTrials.sell(units, to: buyers) {
            StoreInventory(store: try await TestDatabase().store(), codec: .json)
        }
    }

    @Test func everyUnitIsSoldOnceToACrowdThroughLocks() async throws {
        let (units, buyers) = Self.crowd
        let folder = try TemporaryFolder()
        let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
        try await InventoryTrials.sell(units, to: buyers) {
            LockedInventory(
                table: TestStockTable(folder, database),
                locks: InMemoryLockProvider(),
                configuration: LockedInventory.Configuration(wait: .seconds(10_000), maximumAttempts: 1_000)
            )
        }
    }

    @Test func theHistoriesOfInventoriesAreThoseOfTheModel() async {
        await PropertyRun.checkAsync(20) { run in
            try await InventoryTrials.checkHistory(seed: run.seed) {
                StoreInventory(store: try await TestDatabase().store(), codec: .json)
            }
            try await InventoryTrials.checkHistory(seed: run.seed) {
                let database = try await TestDatabase()
                let table = TestStockTable(database.folder, database.database)
                return LockedInventory(table: table, locks: InMemoryLockProvider())
            }
        }
    }

    /// A thousand units and ten thousand buyers in a long campaign.
    private static var crowd: (units: Int, buyers: Int) { PropertyRun.scaled(1) > 1 ? (1_000, 10_000) : (100, 1_000) }
}
#endif
