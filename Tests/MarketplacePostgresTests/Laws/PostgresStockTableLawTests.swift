#if LibPQ
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplacePostgres
import MarketplaceStorage
import MarketplaceTestKit
import Testing

/// The table of stock, and the inventory with locks that stands on it.
@Suite(.serialized, .onPrivateServer)
struct PostgresStockTableLawTests {
    @Test(arguments: StockTableLaws.all)
    func everyLawOfTablesHolds(_ law: StockTableLaw) async throws {
        try await law.check {
            let namespace = try await TestDatabase().namespace
            // A neighbour with something of everything, so that what is mixed up shows.
            try await TestDatabase(namespace: try namespace.appending("neighbour")).fillStock()
            return StockTableSite {
                try await TestDatabase(configuration: TestDatabase.patient, namespace: namespace).stockTable
            }
        }
    }

    @Test(arguments: StockTableFaultLaws.all)
    func everyLawOfFailingWritesHolds(_ law: StockTableFaultLaw) async throws {
        try await law.check {
            let probe = ScriptedWriterProbe()
            let table = try await TestDatabase(configuration: TestDatabase.patient, probe: probe).stockTable
            return FaultyStockTableSite(table) { probe.inject($0, $1) }
        }
    }

    @Test(arguments: HeldWriteLaws.all)
    func everyLawOfHeldWritesHolds(_ law: HeldWriteLaw) async throws {
        try await law.check {
            let gate = StoreGate()
            let table = try await TestDatabase(probe: ScriptedWriterProbe(gate: gate)).stockTable
            return HeldStockTableSite(table, gate: gate)
        }
    }

    @Test(arguments: InventoryLaws.all)
    func everyLawOfInventoriesHoldsWithLocks(_ law: InventoryLaw) async throws {
        try await law.check {
            let namespace = try await TestDatabase().namespace
            return InventorySite { try await Self.lockedInventory(namespace) }
        }
    }

    @Test(arguments: DurableInventoryLaws.all)
    func everyLawOfInventoriesThatOutliveTheirProcessHoldsWithLocks(_ law: InventoryLaw) async throws {
        try await law.check {
            let namespace = try await TestDatabase().namespace
            let connect: @Sendable () async throws -> any InventoryStore = { try await Self.lockedInventory(namespace) }
            return InventorySite(restart: connect, connect: connect)
        }
    }

    /// An inventory whose rows and leases are in one database, as each process of a house has it.
    private static func lockedInventory(_ namespace: StoreNamespace) async throws -> LockedInventory {
        let database = try await TestDatabase(configuration: TestDatabase.patient, namespace: namespace)
        let locks = PostgresLockProvider(
            database: database.database,
            namespace: namespace,
            identifiers: TimeOrderedIdentifiers(clock: .system)
        )
        return LockedInventory(table: database.stockTable, locks: locks)
    }
}
#endif
