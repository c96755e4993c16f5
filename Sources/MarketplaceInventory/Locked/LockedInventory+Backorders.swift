public import MarketplaceCore

extension LockedInventory {
    /// Gives units that are there to the reservations that wait for them; see
    /// ``InventoryStore/fillBackorders(of:limit:at:)``.
    ///
    /// Overdue holds are ended before. One lease and one write per reservation.
    @discardableResult
    public func fillBackorders(
        of point: StockPoint,
        limit: Int,
        at time: Timestamp
    ) async throws(InventoryError) -> [Reservation] {
        try InventoryLimits.validate(point)
        let limit = InventoryLimits.clamped(limit: limit)
        try await endAllOverdue(at: time)
        let waiting = try await asking { () async throws(StockTableError) in
            try await table.reservations(awaiting: point, limit: limit)
        }
        var filled: [Reservation] = []
        for book in waiting {
            do throws(InventoryError) {
                switch try await fill(book, point, at: time) {
                case .filled(let reservation): filled.append(reservation)
                case .unneeded: continue
                case .nothingLeft: return filled
                }
            } catch {
                // What was given is told; whoever calls again meets the error first.
                guard filled.isEmpty else { return filled }
                throw error
            }
        }
        return filled
    }

    private func fill(
        _ book: ReservationBook,
        _ point: StockPoint,
        at time: Timestamp
    ) async throws(InventoryError) -> StockDecision.Filling {
        let query = StockTableQuery(of: [book])
        return try await attempting { () async throws(InventoryError) -> Step<StockDecision.Filling> in
            try await underLease(query) { decision throws(InventoryError) in
                guard decision.covers(book.id) else { return .answer(.success(.unneeded)) }
                return .answer(.success(decision.fill(book.id, point, at: time)))
            }
        }
    }
}
