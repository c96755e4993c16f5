import MarketplaceCore

extension InMemoryInventory {
    func allocate(
        _ portion: ReservationPortion,
        of id: ReservationID,
        at time: Timestamp
    ) throws(InventoryError) -> ReservationState {
        try change(id, at: time) { book throws(InventoryRefusal) in try book.allocate(portion, at: time) }.state
    }

    func release(
        _ portion: ReservationPortion,
        of id: ReservationID,
        at time: Timestamp
    ) throws(InventoryError) -> ReleaseOutcome {
        let book = try change(id, at: time, forestalling: portion.forestalls) { book throws(InventoryRefusal) in
            try book.release(portion, at: time)
        }
        return try book.releaseOutcome.orThrow()
    }

    func ship(_ portion: ReservationPortion, of id: ReservationID, at time: Timestamp) throws(InventoryError) {
        _ = try change(id, at: time) { book throws(InventoryRefusal) in try book.ship(portion, at: time) }
    }

    /// Changes the books of a reservation as they stand at `time`, and the stock with them.
    @inline(never)
    func change(
        _ id: ReservationID,
        at time: Timestamp,
        forestalling: Bool = false,
        _ rule: (inout ReservationBook) throws(InventoryRefusal) -> [ReservationBook.Move]
    ) throws(InventoryError) -> ReservationBook {
        let hash = seed.hash(id.bits)
        let index = holds.index(of: hash)
        return try holds.withLock(index) { shard -> Result<ReservationBook, InventoryRefusal> in
            if case .nothing = shard.find(id.bits, hash: hash) {
                guard forestalling else { return .failure(.unknownReservation(id)) }
                shard.forestall(id.bits, hash: hash, at: time)
                return .success(ReservationBook(forestalling: id, at: time))
            }
            if case .open(let slot) = shard.find(id.bits, hash: hash), shard.holds[slot].isOverdue(at: time) {
                _ = endOverdue(slot, of: &shard, at: time)
            }
            do throws(InventoryRefusal) {
                guard case .open(let slot) = shard.find(id.bits, hash: hash) else {
                    var book = endedBook(of: id, hash: hash, in: shard)
                    _ = try rule(&book)
                    return .success(book)
                }
                let before = book(of: shard.holds[slot])
                var book = before
                let moves = try rule(&book)
                if book != before { keep(book, moves, in: slot, of: &shard, at: time) }
                noteEarliest(of: shard, index)
                return .success(book)
            } catch {
                return .failure(error)
            }
        }.orThrow()
    }

    /// Keeps the changed books of an open reservation, and does to the stock what its moves say.
    ///
    /// These moves cannot be refused.
    func keep(
        _ book: ReservationBook,
        _ moves: [ReservationBook.Move],
        in slot: Int,
        of shard: inout HoldShard,
        at time: Timestamp
    ) {
        let holder = shard.holds[slot].holder
        apply(moves, of: book, holder, at: time)
        if book.endedAt != nil {
            shard.end(slot, as: book.state, [book], at: time)
        } else {
            // Another deadline alone makes no books of a reservation all of whose units stand alike.
            if !moves.isEmpty || !shard.holds[slot].books.isEmpty { shard.keep(book, in: slot) }
            if let dueAt = book.dueAt, dueAt.microsecondsSinceEpoch != shard.holds[slot].deadline {
                shard.setDeadline(dueAt, of: slot)
            }
        }
    }

    /// Does to the stock what moves say, in one step.
    private func apply(
        _ moves: [ReservationBook.Move],
        of book: ReservationBook,
        _ holder: Holder,
        at time: Timestamp
    ) {
        let movesByPoint = Dictionary(uniqueKeysWithValues: moves.map { ($0.point, $0) })
        let demands = moves.map { demand(of: $0.point, quantity: 0) }.sorted { $0.shard < $1.shard }
        _ = withStock(demands[...]) { _, _ in
            nil
        } taking: { stock, demand in
            if let move = movesByPoint[demand.point] { stock.apply(move, of: book, demand, holder, at: time) }
        }
    }

    /// The books of an open reservation.
    func book(of hold: Hold) -> ReservationBook {
        hold.books.first
            ?? ReservationBook(reservation(of: hold), lines: lines(of: hold.lines, in: hold.state))
    }

    /// The books of a reservation that ended.
    func book(of tombstone: Tombstone) -> ReservationBook {
        if let book = tombstone.books.first { return book }
        guard tombstone.deadline != .min else {
            let endedAt = Timestamp(microsecondsSinceEpoch: tombstone.endedAt)
            return ReservationBook(forestalling: ReservationID(bits: tombstone.id), at: endedAt)
        }
        return ReservationBook(tombstone, lines: lines(of: tombstone.lines, in: tombstone.state))
    }

    /// The books of a reservation that ended; its id must be that of a tombstone.
    private func endedBook(of id: ReservationID, hash: UInt64, in shard: borrowing HoldShard) -> ReservationBook {
        guard case .ended(let tombstone) = shard.find(id.bits, hash: hash) else {
            return ReservationBook(forestalling: id, at: .distantPast)
        }
        return book(of: tombstone)
    }

    /// The lines of books all of whose units stand alike, by ascending point.
    private func lines(of held: HeldLines, in state: ReservationState) -> [ReservationBook.Line] {
        let lines = ([held.first] + held.rest).map { line in
            ReservationBook.Line(
                position: ReservationPosition(point(of: line), units: line.quantity, all: state),
                limitGeneration: Int64(line.limitGeneration)
            )
        }
        return lines.sorted { $0.position.point < $1.position.point }
    }
}
