#if LibPQ
import MarketplaceCore
import MarketplaceInventory
import MarketplaceJSON
import MarketplacePostgres
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing
import TrialTrip

/// The trials that every store has to stand, on a server.
@Suite(.serialized, .onPrivateServer)
struct PostgresTrialTests {
    /// A second crash at every place takes ten times as long.
    private static let isLong = PropertyRun.scaled(1) > 1

    @Test func aSagaOfSixStepsEndsTheSameWayWhereverItsProcessesDie() async throws {
        let database = try await TestDatabase(configuration: TestDatabase.patient)
        let number = Mutex(0)
        let stage = trialStage { _ in
            // A namespace for each run is as good as a database, and sooner there.
            let number = number.withLock { number in
                defer { number += 1 }
                return number
            }
            return database.database.store(namespace: TextKey(unchecked: "\(database.namespace)/run-\(number)"))
        }
        let report = try await SagaCrashMatrix(stage, hasSecondCrash: Self.isLong).run()
        print("crash matrix of six steps on PostgreSQL: \(report)")
        #expect(report.crashFree == 6)
        #expect(report.crashes > 100)
        #expect(report.unknownCommits > 60)
        #expect(report.secondCrashes > 1_000 || !Self.isLong)
    }

    @Test func everyUnitIsSoldOnceToACrowd() async throws {
        let (units, buyers) = Self.isLong ? (1_000, 10_000) : (100, 1_000)
        try await InventoryTrials.sell(units, to: buyers) {
            StoreInventory(store: try await TestDatabase(configuration: TestDatabase.patient).store, codec: .json)
        }
    }

    @Test func theHistoriesOfInventoriesAreThoseOfTheModel() async {
        await PropertyRun.checkAsync(5) { run in
            try await InventoryTrials.checkHistory(seed: run.seed) {
                StoreInventory(store: try await TestDatabase(configuration: TestDatabase.patient).store, codec: .json)
            }
        }
    }
}
#endif
