#if LibPQ
import MarketplaceCore
import MarketplaceInventory
import MarketplaceJSON
import MarketplacePostgres
import MarketplaceTestKit
import Testing

/// The inventory that stands on any store, here on a server.
@Suite(.serialized, .enabled(if: PrivateServer.address != nil, "it needs a private server: Tests/run --only postgres"))
struct PostgresInventoryLawTests {
    @Test(arguments: InventoryLaws.all)
    func everyLawOfInventoriesHolds(_ law: InventoryLaw) async throws {
        try await law.check {
            let store = try await TestDatabase(configuration: TestDatabase.patient).store
            return InventorySite { StoreInventory(store: store, codec: .json) }
        }
    }

    @Test(arguments: DurableInventoryLaws.all)
    func everyLawOfInventoriesThatOutliveTheirProcessHolds(_ law: InventoryLaw) async throws {
        try await law.check {
            let namespace = try await TestDatabase().namespace
            let connect: @Sendable () async throws -> any InventoryStore = {
                let database = try await TestDatabase(configuration: TestDatabase.patient, namespace: namespace)
                return StoreInventory(store: database.store, codec: .json)
            }
            return InventorySite(restart: connect, connect: connect)
        }
    }
}
#endif
