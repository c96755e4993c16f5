#if LibPQ
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplacePostgres
import MarketplaceStorage
import MarketplaceTestKit

/// A database of its own, with services that write to it and people who read it with SQL.
struct ViewScene {
    let sql: SQLDatabase
    let database: PostgresDatabase
    let identifiers = SeededIdentifiers(seed: 1)

    /// Runs `body` with an empty database.
    static func run(_ body: (ViewScene) async throws -> Void) async throws {
        try await SQLDatabase.withEmpty { sql in
            let database = try await PostgresDatabase(opening: sql.pool, configuration: TestDatabase.patient)
            try await body(ViewScene(sql: sql, database: database))
            await database.close()
        }
    }

    /// The inventory of a namespace.
    func inventory(_ form: ViewTests.Form, _ name: StoreNamespace = "own") -> any InventoryStore {
        switch form {
        case .store: StoreInventory(store: database.store(namespace: name), codec: .json)
        case .table:
            LockedInventory(
                table: database.stockTable(namespace: name, codec: .json),
                locks: InMemoryLockProvider()
            )
        }
    }

    /// Reserves units.
    func reserve(
        _ units: Int,
        of point: StockPoint,
        in inventory: any InventoryStore,
        seconds: Int64 = 600
    ) async throws -> Reservation {
        let request = ReservationRequest(
            id: identifiers.next(),
            lines: [ReservationLine(point.sku, try Quantity(units), at: point.location)],
            member: "member's \"own\"",
            reference: "order-1",
            deadline: Timestamp.epoch.advanced(by: .seconds(seconds)),
            at: .epoch
        )
        return try await inventory.reserve(request)
    }
}
#endif
