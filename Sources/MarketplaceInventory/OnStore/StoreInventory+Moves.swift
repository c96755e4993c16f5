public import MarketplaceCore
import MarketplaceStorage

extension StoreInventory {
    /// Promises a held reservation's units for good; see ``InventoryStore/allocate(_:at:)``.
    @discardableResult
    public func allocate(
        _ id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReservationState {
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
    public func release(
        _ id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReleaseOutcome {
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
        let book = try await change(id, at: time, forestalling: portion.forestalls) {
            book throws(InventoryRefusal) in
            try book.release(portion, at: time)
        }
        return try book.releaseOutcome.orThrow()
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
        try await attempting { () async throws(InventoryError) -> ReservationBook? in
            guard let stored = try await current(id, at: time) else {
                guard forestalling else { throw .refused(.unknownReservation(id)) }
                return try await forestall(id, at: time)
            }
            var book = stored.value
            let moves = try refusing { () throws(InventoryRefusal) in try rule(&book) }
            if book == stored.value { return book }
            return try await keep(book, replacing: stored, moves, at: time) ? book : nil
        }
    }

    /// The books of a reservation as they stand at `time`: of one whose deadline has come, the hold is ended first.
    ///
    /// Nil when it is unknown.
    func current(
        _ id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> StoredValue<ReservationBook>? {
        for _ in 0..<maximumAttempts {
            let key = StockKeySpace.reservation(id)
            guard let stored = try await read(key, as: ReservationBook.self) else { return nil }
            guard stored.value.isOverdue(at: time) else { return stored }
            _ = try await expire(stored, at: time)
        }
        throw .contended(attempts: maximumAttempts)
    }

    /// Ends the hold of a reservation whose deadline has come; nil when others were faster.
    func expire(
        _ stored: StoredValue<ReservationBook>,
        at time: Timestamp
    ) async throws(InventoryError) -> ReservationBook? {
        var book = stored.value
        let moves = book.expire(at: time)
        return try await keep(book, replacing: stored, moves, at: time) ? book : nil
    }

    /// Leaves a tombstone for an id of which nothing is known; nil when others were faster.
    private func forestall(
        _ id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReservationBook? {
        let book = ReservationBook(forestalling: id, at: time)
        var transaction = Transaction(id: TransactionID(derivedFrom: "inventory forestall", "\(id)"), time: time)
        try write(book, replacing: nil, in: &transaction)
        guard case .done = try await commit(transaction) else { return nil }
        return book
    }

    /// Keeps the changed books of a reservation and what its moves do to the stock, in one commit; false when others
    /// were faster.
    ///
    /// The floor is what must be left promised to nobody where units are taken from there.
    func keep(
        _ book: ReservationBook,
        replacing stored: StoredValue<ReservationBook>,
        _ moves: [ReservationBook.Move],
        at time: Timestamp,
        leaving floor: StockFloor? = nil
    ) async throws(InventoryError) -> Bool {
        // Two calls that do the same must not both be told that they have done it.
        let call = "\(UInt128.random(in: 0 ... .max))"
        let id = TransactionID(derivedFrom: "inventory move", "\(book.id)", "\(stored.value.version)", call)
        var transaction = Transaction(id: id, time: time)
        try write(book, replacing: stored.revision, in: &transaction)
        if let floor { transaction.require(.document(StockKeySpace.item(floor.point.sku), at: floor.revision)) }
        for move in moves {
            transaction.add(move.deltas, of: move.point, leaving: floor?.point == move.point ? floor?.units : nil)
            if move.counted != 0, move.limitGeneration != 0, let member = book.member {
                let generation = move.limitGeneration
                let taken = StockKeySpace.taken(move.point.sku, limitGeneration: generation, member: member)
                transaction.add(move.counted, to: taken)
            }
        }
        let stillAwaited = Set(book.awaitedPoints)
        for point in stored.value.awaitedPoints where !stillAwaited.contains(point) {
            transaction.delete(StockKeySpace.awaiting(book.id, at: point))
        }
        try append(book.movements(of: moves, at: time), to: &transaction)
        guard case .done = try await commit(transaction) else { return false }
        return true
    }
}

extension ReservationBook {
    /// The movements that the moves of its latest change make.
    func movements(of moves: [Move], at time: Timestamp) -> [StockMovement] {
        moves.map { move in
            StockMovement(
                id: movementID(at: move.point),
                sku: move.point.sku,
                location: move.point.location,
                kind: move.kind,
                deltas: move.deltas,
                reservation: id,
                reference: reference,
                time: time
            )
        }
    }
}
