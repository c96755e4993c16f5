public import MarketplaceCore
import MarketplaceStorage

extension StoreInventory {
    /// Gives units that are there to the reservations that wait for them; see
    /// ``InventoryStore/fillBackorders(of:limit:at:)``.
    ///
    /// One commit per reservation.
    @discardableResult
    public func fillBackorders(
        of point: StockPoint,
        limit: Int,
        at time: Timestamp
    ) async throws(InventoryError) -> [Reservation] {
        try InventoryLimits.validate(point)
        for attempt in 0..<maximumAttempts where try await !releaseOverdue(at: time, attempt: attempt) { break }
        let query = DocumentQuery.indexed(
            StockKeySpace.awaiting,
            by: AwaitingDocument.queueIndex,
            prefix: [.text(point.sku.text), .text(point.location.text)],
            limit: InventoryLimits.clamped(limit: limit)
        )
        let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
        var filled: [Reservation] = []
        for document in slice.documents {
            let id = try decoded(AwaitingDocument.self, from: document.body).reservation
            do throws(InventoryError) {
                switch try await fill(id, point, at: time) {
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

    private enum Filling {
        case filled(Reservation)
        /// It no longer waits.
        case unneeded
        case nothingLeft
    }

    private func fill(
        _ id: ReservationID,
        _ point: StockPoint,
        at time: Timestamp
    ) async throws(InventoryError) -> Filling {
        try await attempting { () async throws(InventoryError) -> Filling? in
            guard let stored = try await current(id, at: time) else { return .unneeded }
            // What the cache remembers may be the terms of yesterday, and here they decide what is kept back.
            guard let entry = try await readItem(of: point.sku) else { return .unneeded }
            let level = try await level(at: point, entry.item.terms)
            guard level.available > 0 else { return .nothingLeft }
            var book = stored.value
            let moves = book.fill(point, upTo: level.available, at: time)
            guard !moves.isEmpty else { return .unneeded }
            let floor = StockFloor(units: level.safetyStock, point: point, revision: entry.revision)
            guard try await keep(book, replacing: stored, moves, at: time, leaving: floor) else { return nil }
            return book.reservation.map(Filling.filled) ?? .unneeded
        }
    }
}
