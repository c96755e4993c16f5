#if SQLite
import MarketplaceCore
import MarketplaceSQLite
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct SQLiteStoreLawTests {
    @Test(arguments: StoreLaws.all)
    func everyLawOfStoreHolds(_ law: StoreLaw) async throws {
        try await law.check {
            let database = try await TestDatabase()
            // A neighbour with something of everything, so that what is mixed up shows.
            try await StoreLaws.commitAppliesEveryPart.check { database.store("neighbour") }
            return database.store()
        }
    }

    @Test(arguments: StoreLaws.all)
    func everyLawOfStoreHoldsInMemory(_ law: StoreLaw) async throws {
        try await law.check { try await SQLiteDatabase(opening: .memory).store(namespace: "own") }
    }

    @Test(arguments: NamespaceLaws.all)
    func everyLawOfNamespacesHolds(_ law: NamespaceLaw) async throws {
        try await law.check {
            let database = try await TestDatabase()
            return NamespacePair(database.store("one"), database.store("two"))
        }
    }

    @Test(arguments: ChangeSignalLaws.laws(patience: .seconds(60)))
    func everyLawOfChangeSignalsHolds(_ law: ChangeSignalLaw) async throws {
        try await law.check { try await TestDatabase().store() }
    }

    @Test(arguments: DurableStoreLaws.all)
    func everyLawOfDurabilityHolds(_ law: DurableStoreLaw) async throws {
        try await law.check {
            let folder = try TemporaryFolder()
            return DurableStoreSite {
                let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
                return TestStore(folder: folder, base: database.store(namespace: "own"))
            }
        }
    }

    @Test(arguments: StoreFaultLaws.all)
    func everyLawOfFailingCommitsHolds(_ law: StoreFaultLaw) async throws {
        try await law.check {
            let probe = ScriptedWriterProbe()
            let database = try await TestDatabase(probe: probe)
            return FaultyStoreSite(database.store()) { probe.inject($0, $1) }
        }
    }

    @Test(arguments: HeldCommitLaws.all)
    func everyLawOfHeldCommitsHolds(_ law: HeldCommitLaw) async throws {
        try await law.check {
            let gate = StoreGate()
            let database = try await TestDatabase(probe: ScriptedWriterProbe(gate: gate))
            return HeldStoreSite(database.store(), gate: gate)
        }
    }
}
#endif
