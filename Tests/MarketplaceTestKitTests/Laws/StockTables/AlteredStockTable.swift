import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

/// A good table with some of its calls replaced: how a bug is planted.
struct AlteredStockTable: StockTable {
    typealias Read = @Sendable (StockTableQuery, InMemoryStockTable) async throws(StockTableError) -> StockTableRows
    typealias Write = @Sendable (StockTableWrite, InMemoryStockTable) async throws(StockTableError) -> Void
    typealias Due = @Sendable (Timestamp, Int, InMemoryStockTable) async throws(StockTableError) -> [ReservationBook]
    typealias Open =
        @Sendable (ReservationID?, Int, InMemoryStockTable) async throws(StockTableError) -> [ReservationBook]
    typealias Awaiting =
        @Sendable (StockPoint, Int, InMemoryStockTable) async throws(StockTableError) -> [ReservationBook]
    typealias Movements =
        @Sendable (MovementCursor, Int, InMemoryStockTable) async throws(StockTableError) -> MovementSlice
    typealias Forget = @Sendable (Timestamp, Int, InMemoryStockTable) async throws(StockTableError) -> Void

    let base: InMemoryStockTable
    var onRead: Read = { (query, base) async throws(StockTableError) in try await base.read(query) }
    var onWrite: Write = { (write, base) async throws(StockTableError) in try await base.write(write) }
    var onDue: Due = { (time, limit, base) async throws(StockTableError) in
        try await base.reservations(dueBy: time, limit: limit)
    }
    var onOpen: Open = { (id, limit, base) async throws(StockTableError) in
        try await base.openReservations(after: id, limit: limit)
    }
    var onAwaiting: Awaiting = { (point, limit, base) async throws(StockTableError) in
        try await base.reservations(awaiting: point, limit: limit)
    }
    var onMovements: Movements = { (cursor, limit, base) async throws(StockTableError) in
        try await base.movements(after: cursor, limit: limit)
    }
    var onForget: Forget = { (time, limit, base) async throws(StockTableError) in
        try await base.forget(endedBy: time, limit: limit)
    }

    init(on base: InMemoryStockTable = InMemoryStockTable()) {
        self.base = base
    }

    func read(_ query: StockTableQuery) async throws(StockTableError) -> StockTableRows {
        try await onRead(query, base)
    }

    func write(_ write: StockTableWrite) async throws(StockTableError) {
        try await onWrite(write, base)
    }

    func reservations(dueBy time: Timestamp, limit: Int) async throws(StockTableError) -> [ReservationBook] {
        try await onDue(time, limit, base)
    }

    func openReservations(
        after id: ReservationID?,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        try await onOpen(id, limit, base)
    }

    func reservations(
        awaiting point: StockPoint,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        try await onAwaiting(point, limit, base)
    }

    func movements(after cursor: MovementCursor, limit: Int) async throws(StockTableError) -> MovementSlice {
        try await onMovements(cursor, limit, base)
    }

    func forget(endedBy time: Timestamp, limit: Int) async throws(StockTableError) {
        try await onForget(time, limit, base)
    }
}

extension StockTable {
    /// Whichever fence of a write is stale now; for tables that look first and write later.
    func staleFence(of write: StockTableWrite) async throws(StockTableError) -> FenceKey? {
        let kept = try await read(StockTableQuery(fences: write.fences.map(\.key))).fences
        return write.fences.first { kept[$0.key] != $0.seen }?.key
    }

    /// Writes everything, with whatever tokens are kept, but for the fences that are compared all the same.
    func force(
        _ write: StockTableWrite,
        comparing isCompared: (StockFence) -> Bool = { _ in false }
    ) async throws(StockTableError) {
        let compared = Set(write.fences.filter(isCompared).map(\.key))
        while true {
            let kept = try await read(StockTableQuery(fences: write.fences.map(\.key))).fences
            var forced = write
            forced.fences = write.fences.map { fence in
                compared.contains(fence.key) ? fence : StockFence(fence.key, seen: kept[fence.key], token: fence.token)
            }
            do throws(StockTableError) {
                return try await self.write(forced)
            } catch {
                guard case .staleFence(let key) = error, !compared.contains(key) else { throw error }
            }
        }
    }

    /// All open reservations.
    func allOpen() async throws(StockTableError) -> [ReservationBook] {
        try await openReservations(after: nil, limit: 10_000)
    }
}
