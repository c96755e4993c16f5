#if LibPQ
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplacePostgres

extension TestDatabase {
    /// Its table of stock.
    var stockTable: PostgresStockTable { database.stockTable(namespace: namespace, codec: .json) }

    /// Writes rows of every kind of a table of stock, by way of an inventory.
    func fillStock() async throws {
        let inventory = LockedInventory(table: stockTable, locks: InMemoryLockProvider())
        try await inventory.record(.restock(id: .init(bits: 1), sku: "law", quantity: .one, at: .epoch))
        for id in 1...3 as ClosedRange<UInt128> {
            let request = ReservationRequest(
                id: .init(bits: id),
                lines: [ReservationLine("law", .one)],
                member: "law",
                deadline: .distantFuture,
                at: .epoch
            )
            _ = try? await inventory.reserve(request)
        }
        try await inventory.release(.init(bits: 4), at: .epoch)
    }
}
#endif
