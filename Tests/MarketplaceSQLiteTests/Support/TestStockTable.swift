#if SQLite
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceSQLite
import MarketplaceStorage

/// A table of stock that keeps its folder for as long as it is used.
struct TestStockTable: StockTable {
    let folder: TemporaryFolder
    let base: SQLiteStockTable

    init(_ folder: TemporaryFolder, _ database: SQLiteDatabase, _ namespace: StoreNamespace = "own") {
        self.folder = folder
        base = database.stockTable(namespace: namespace, codec: .json)
    }

    /// Writes rows of every kind, by way of an inventory.
    func fill() async throws {
        let inventory = LockedInventory(table: self, locks: InMemoryLockProvider())
        try await inventory.record(.restock(id: .init(bits: 1), sku: "law", quantity: .one, at: .epoch))
        for (id, sku) in [(1, "law"), (2, "law"), (3, "law")] as [(UInt128, SKU)] {
            let request = ReservationRequest(
                id: .init(bits: id),
                lines: [ReservationLine(sku, .one)],
                member: "law",
                deadline: .distantFuture,
                at: .epoch
            )
            _ = try? await inventory.reserve(request)
        }
        try await inventory.release(.init(bits: 4), at: .epoch)
    }

    func read(_ query: StockTableQuery) async throws(StockTableError) -> StockTableRows {
        try await base.read(query)
    }

    func write(_ write: StockTableWrite) async throws(StockTableError) {
        try await base.write(write)
    }

    func reservations(dueBy time: Timestamp, limit: Int) async throws(StockTableError) -> [ReservationBook] {
        try await base.reservations(dueBy: time, limit: limit)
    }

    func openReservations(
        after id: ReservationID?,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        try await base.openReservations(after: id, limit: limit)
    }

    func reservations(
        awaiting point: StockPoint,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        try await base.reservations(awaiting: point, limit: limit)
    }

    func movements(after cursor: MovementCursor, limit: Int) async throws(StockTableError) -> MovementSlice {
        try await base.movements(after: cursor, limit: limit)
    }

    func forget(endedBy time: Timestamp, limit: Int) async throws(StockTableError) {
        try await base.forget(endedBy: time, limit: limit)
    }
}
#endif
