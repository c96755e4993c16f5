import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

/// A table with a planted bug: it does not keep the promise of ``StockTable/write(_:)``.
struct MisfencedStockTable: StockTable {
    /// What it does with fences.
    enum Bug: String, CaseIterable, Sendable {
        /// It looks at no token.
        case ignoresTokens
        /// It refuses a token that is lower than one it was shown, and does not ask what the writer has seen.
        case comparesOnlyTokens
    }

    let base = InMemoryStockTable()
    let bug: Bug

    func write(_ write: StockTableWrite) async throws(StockTableError) {
        while true {
            let kept = try await base.read(StockTableQuery(fences: write.fences.map(\.key))).fences
            if bug == .comparesOnlyTokens,
                let stale = write.fences.first(where: { fence in kept[fence.key].map { $0 > fence.token } ?? false })
            {
                throw .staleFence(stale.key)
            }
            var forced = write
            forced.fences = write.fences.map { fence in
                let seen = kept[fence.key]
                return StockFence(fence.key, seen: seen, token: max(seen ?? fence.token, fence.token))
            }
            do throws(StockTableError) {
                return try await base.write(forced)
            } catch {
                guard case .staleFence = error else { throw error }
            }
        }
    }

    func read(_ query: StockTableQuery) async throws(StockTableError) -> StockTableRows {
        var rows = try await base.read(query)
        // A table that keeps no tokens has none to show.
        if bug == .ignoresTokens { rows.fences = [:] }
        return rows
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
