#if SQLite
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceSQLite
import MarketplaceStorage
import MarketplaceTestKit
import Testing

/// The table of stock, and the inventory with locks that stands on it.
struct SQLiteStockTableLawTests {
    @Test(arguments: StockTableLaws.all)
    func everyLawOfTablesHolds(_ law: StockTableLaw) async throws {
        try await law.check {
            let folder = try TemporaryFolder()
            // A neighbour with something of everything, so that what is mixed up shows.
            let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
            try await TestStockTable(folder, database, "neighbour").fill()
            return StockTableSite {
                let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
                return TestStockTable(folder, database)
            }
        }
    }

    @Test(arguments: StockTableFaultLaws.all)
    func everyLawOfFailingWritesHolds(_ law: StockTableFaultLaw) async throws {
        try await law.check {
            let probe = ScriptedWriterProbe()
            let database = try await TestDatabase(probe: probe)
            return FaultyStockTableSite(TestStockTable(database.folder, database.database)) { probe.inject($0, $1) }
        }
    }

    @Test(arguments: HeldWriteLaws.all)
    func everyLawOfHeldWritesHolds(_ law: HeldWriteLaw) async throws {
        try await law.check {
            let gate = StoreGate()
            let database = try await TestDatabase(probe: ScriptedWriterProbe(gate: gate))
            return HeldStockTableSite(TestStockTable(database.folder, database.database), gate: gate)
        }
    }

    @Test(arguments: InventoryLaws.all)
    func everyLawOfInventoriesHoldsWithLocks(_ law: InventoryLaw) async throws {
        try await law.check {
            let folder = try TemporaryFolder()
            let locks = InMemoryLockProvider()
            return InventorySite {
                let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
                return LockedInventory(table: TestStockTable(folder, database), locks: locks)
            }
        }
    }

    @Test(arguments: DurableInventoryLaws.all)
    func everyLawOfInventoriesThatOutliveTheirProcessHoldsWithLocks(_ law: InventoryLaw) async throws {
        try await law.check {
            let folder = try TemporaryFolder()
            return InventorySite { try await Self.lockedInventory(folder) }
        }
    }

    /// An inventory whose rows and leases are in one file, as each process of a house has it.
    private static func lockedInventory(_ folder: TemporaryFolder) async throws -> LockedInventory {
        let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
        let locks = StoreLockProvider(
            store: TestStore(folder: folder, base: database.store(namespace: "own")),
            identifiers: TimeOrderedIdentifiers(clock: .system)
        )
        return LockedInventory(table: TestStockTable(folder, database), locks: locks)
    }
}
#endif
