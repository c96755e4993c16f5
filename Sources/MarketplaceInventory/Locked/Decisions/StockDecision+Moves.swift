import MarketplaceCore

extension StockDecision {
    /// Ends the hold of a reservation whose deadline has come; returns it when there was something to end.
    @discardableResult
    mutating func settle(_ id: ReservationID, at time: Timestamp) -> Reservation? {
        guard var book = rows.reservations[id], book.isOverdue(at: time) else { return nil }
        let moves = book.expire(at: time)
        keep(book, moves, at: time)
        return book.reservation
    }

    /// Changes the books of a reservation as they stand at `time`, and the stock with them.
    mutating func change(
        _ id: ReservationID,
        at time: Timestamp,
        _ rule: (inout ReservationBook) throws(InventoryRefusal) -> [ReservationBook.Move]
    ) throws(InventoryRefusal) -> ReservationBook {
        settle(id, at: time)
        guard var book = rows.reservations[id] else { throw .unknownReservation(id) }
        let moves = try rule(&book)
        keep(book, moves, at: time)
        return book
    }

    /// Leaves a tombstone for an id of which nothing is known.
    mutating func forestall(_ id: ReservationID, at time: Timestamp) -> ReservationBook {
        let book = ReservationBook(forestalling: id, at: time)
        keep(book, [], at: time)
        return book
    }

    /// How a reservation that waits for units of a point came out of a filling.
    enum Filling: Hashable, Sendable {
        case filled(Reservation)
        /// It no longer waits.
        case unneeded
        case nothingLeft
    }

    /// Gives units that are there to a reservation that waits for them.
    mutating func fill(_ id: ReservationID, _ point: StockPoint, at time: Timestamp) -> Filling {
        settle(id, at: time)
        guard var book = rows.reservations[id] else { return .unneeded }
        let available = level(at: point).available
        guard available > 0 else { return .nothingLeft }
        let moves = book.fill(point, upTo: available, at: time)
        guard !moves.isEmpty else { return .unneeded }
        keep(book, moves, at: time)
        return book.reservation.map(Filling.filled) ?? .unneeded
    }

    /// Records a change of stock that no reservation makes; returns the level of its point.
    mutating func record(_ change: StockChange) throws(InventoryRefusal) -> StockLevel {
        if let known = rows.changes[change.id] {
            guard known.isRepeated(by: change) else { throw .changeMismatch(change.id) }
            return level(at: change.point)
        }
        let sku = change.point.sku
        guard rows.items[sku] != nil || change.introducesSKU else { throw .unknownSKU(sku) }
        let movements = change.movements
        var next = self
        try next.introduce(sku, at: movements.isEmpty ? [change.point.location] : movements.map(\.location))
        for movement in movements {
            _ = try next.level(at: movement.point).applying(movement.deltas)
            next.add(movement.deltas, at: movement.point)
        }
        next.note(movements, of: RecordedChangeRow(change))
        self = next
        return level(at: change.point)
    }
}
