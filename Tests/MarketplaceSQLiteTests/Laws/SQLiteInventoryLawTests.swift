#if SQLite
import MarketplaceCore
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceSQLite
import MarketplaceTestKit
import Testing

/// The inventory that stands on any store, here on files.
struct SQLiteInventoryLawTests {
    @Test(arguments: InventoryLaws.all)
    func everyLawOfInventoriesHolds(_ law: InventoryLaw) async throws {
        try await law.check {
            let store = try await TestDatabase().store()
            return InventorySite { StoreInventory(store: store, codec: .json) }
        }
    }

    @Test(arguments: DurableInventoryLaws.all)
    func everyLawOfInventoriesThatOutliveTheirProcessHolds(_ law: InventoryLaw) async throws {
        try await law.check {
            let folder = try TemporaryFolder()
            let connect: @Sendable () async throws -> any InventoryStore = {
                let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
                let store = TestStore(folder: folder, base: database.store(namespace: "own"))
                return StoreInventory(store: store, codec: .json)
            }
            return InventorySite(restart: connect, connect: connect)
        }
    }
}
#endif
