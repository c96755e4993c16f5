public import MarketplaceCore

extension LockedInventory {
    /// Promises a held reservation's units for good; see ``InventoryStore/allocate(_:at:)``.
    @discardableResult
    public func allocate(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReservationState {
        try await allocate(.everything, of: id, at: time)
    }

    /// Promises some of a reservation's units for good; see ``InventoryStore/allocate(_:of:at:)``.
    @discardableResult
    public func allocate(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReservationState {
        try await allocate(.units(units), of: id, at: time)
    }

    /// Gives back the units of a reservation; see ``InventoryStore/release(_:at:)``.
    @discardableResult
    public func release(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReleaseOutcome {
        try await release(.everything, of: id, at: time)
    }

    /// Gives back some of a reservation's units; see ``InventoryStore/release(_:of:at:)``.
    @discardableResult
    public func release(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReleaseOutcome {
        try await release(.units(units), of: id, at: time)
    }

    /// Takes an allocated reservation's units out of the stock on hand; see ``InventoryStore/ship(_:at:)``.
    public func ship(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) {
        try await ship(.everything, of: id, at: time)
    }

    /// Takes some of a reservation's units out of the stock on hand; see ``InventoryStore/ship(_:of:at:)``.
    public func ship(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) {
        try await ship(.units(units), of: id, at: time)
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

    private func allocate(
        _ portion: ReservationPortion,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReservationState {
        try await change(id, at: time) { book throws(InventoryRefusal) in
            try book.allocate(portion, at: time)
        }.state
    }

    private func release(
        _ portion: ReservationPortion,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReleaseOutcome {
        let forestalling = portion == .everything
        return try await change(id, at: time, forestalling: forestalling) { book throws(InventoryRefusal) in
            try book.release(portion, at: time)
        }.releaseOutcome.orThrow()
    }

    private func ship(
        _ portion: ReservationPortion,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) {
        _ = try await change(id, at: time) { book throws(InventoryRefusal) in
            try book.ship(portion, at: time)
        }
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
