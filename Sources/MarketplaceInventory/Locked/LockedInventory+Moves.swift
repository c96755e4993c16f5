public import MarketplaceCore

extension LockedInventory {
    /// Promises units of a reservation for good; see ``InventoryStore/allocate(_:_:at:)``.
    @discardableResult
    public func allocate(
        _ id: ReservationID,
        _ portion: ReservationPortion,
        at time: Timestamp
    ) async throws(InventoryError) -> ReservationState {
        try await change(id, at: time) { book throws(InventoryRefusal) in
            try book.allocate(portion, at: time)
        }.state
    }

    /// Gives back units of a reservation; see ``InventoryStore/release(_:_:at:)``.
    @discardableResult
    public func release(
        _ id: ReservationID,
        _ portion: ReservationPortion,
        at time: Timestamp
    ) async throws(InventoryError) -> ReleaseOutcome {
        try await change(id, at: time, forestalling: true) { book throws(InventoryRefusal) in
            try book.release(portion, at: time)
        }.releaseOutcome.orThrow()
    }

    /// Takes allocated units out of the stock on hand; see ``InventoryStore/ship(_:_:at:)``.
    public func ship(
        _ id: ReservationID,
        _ portion: ReservationPortion,
        at time: Timestamp
    ) async throws(InventoryError) {
        _ = try await change(id, at: time) { book throws(InventoryRefusal) in
            try book.ship(portion, at: time)
        }
    }

    /// Moves the deadline of a hold to a later time; see ``InventoryStore/extend(_:to:at:)``.
    @discardableResult
    public func extend(
        _ id: ReservationID,
        to deadline: Timestamp,
        at time: Timestamp
    ) async throws(InventoryError) -> Reservation {
        let book = try await change(id, at: time) { book throws(InventoryRefusal) in
            _ = try book.extend(to: deadline)
            return []
        }
        guard let reservation = book.reservation else { throw .refused(.released(id)) }
        return reservation
    }

    /// Changes the books of a reservation as they stand at `time`, and the stock with them.
    private func change(
        _ id: ReservationID,
        at time: Timestamp,
        forestalling: Bool = false,
        _ rule: (inout ReservationBook) throws(InventoryRefusal) -> [ReservationBook.Move]
    ) async throws(InventoryError) -> ReservationBook {
        try await attempting { () async throws(InventoryError) -> Step<ReservationBook> in
            let known = try await read(StockTableQuery(reservations: [id])).reservations[id]
            if known == nil, !forestalling { return .answer(.failure(.unknownReservation(id))) }
            if let known, let answer = answer(of: known, at: time, rule) { return answer }
            let query = known.map { StockTableQuery(of: [$0]) } ?? StockTableQuery(reservations: [id])
            return try await underLease(query) { decision throws(InventoryError) in
                guard decision.covers(id) else { return .again }
                if decision.rows.reservations[id] == nil, forestalling {
                    return .answer(.success(decision.forestall(id, at: time)))
                }
                return .deciding { () throws(InventoryRefusal) in try decision.change(id, at: time, rule) }
            }
        }
    }

    /// The answer that a reservation has for a call that changes nothing, which needs no lease; nil when it changes
    /// something.
    private func answer(
        of known: ReservationBook,
        at time: Timestamp,
        _ rule: (inout ReservationBook) throws(InventoryRefusal) -> [ReservationBook.Move]
    ) -> Step<ReservationBook>? {
        guard !known.isOverdue(at: time) else { return nil }
        var book = known
        do throws(InventoryRefusal) {
            _ = try rule(&book)
            return book == known ? .answer(.success(book)) : nil
        } catch {
            return .answer(.failure(error))
        }
    }
}
