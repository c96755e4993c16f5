public import MarketplaceCore

extension InMemoryInventory {
    /// The stock of SKUs at all their locations; those that are unknown are missing.
    public func stock(of skus: [SKU]) throws(InventoryError) -> [SKU: SKUStock] {
        var stock: [SKU: SKUStock] = [:]
        for sku in skus {
            let demand = demand(of: StockPoint(sku), quantity: 0)
            let levels = stocks.withLock(demand.shard) { shard in
                shard.slot(of: demand).map { shard.items[$0].levels }
            }
            stock[sku] = levels.map { SKUStock(sku: sku, levels: $0) }
        }
        return stock
    }

    /// What is known of a reservation; nil when nothing is.
    public func reservation(_ id: ReservationID) throws(InventoryError) -> ReservationRecord? {
        let hash = seed.hash(id.bits)
        return holds.withLock(holds.index(of: hash)) { shard in
            switch shard.find(id.bits, hash: hash) {
            case .nothing: nil
            case .open(let slot): .open(reservation(of: shard.holds[slot]))
            case .ended(let tombstone): book(of: tombstone).record
            }
        }
    }

    /// The open reservations with an id after `id`, in ascending order; see
    /// ``InventoryStore/openReservations(after:limit:)``.
    ///
    /// - Complexity: linear in the number of open reservations: it is for audits.
    public func openReservations(
        after id: ReservationID?,
        limit: Int
    ) throws(InventoryError) -> ReservationSlice {
        let limit = InventoryLimits.clamped(limit: limit)
        var ids: [UInt128] = []
        for index in 0..<holds.count {
            ids += holds.withLock(index) { shard in shard.openIDs(after: id?.bits) }
        }
        ids.sort()
        var reservations: [Reservation] = []
        for bits in ids.prefix(limit) {
            if case .open(let reservation)? = try reservation(ReservationID(bits: bits)) {
                reservations.append(reservation)
            }
        }
        let last = ids.count > limit ? ReservationID(bits: ids[limit - 1]) : nil
        return ReservationSlice(reservations: reservations, next: last)
    }

    /// The movements after `cursor`; see ``InventoryStore/movements(after:limit:)``.
    ///
    /// The cursor names the inventory and has one mark for each shard of stock. What another inventory gave, one in the
    /// memory of an earlier process say, is read from the start, and counts as one movement that was missed: how many
    /// there were nobody knows.
    public func movements(after cursor: MovementCursor, limit: Int) throws(InventoryError) -> MovementSlice {
        let limit = InventoryLimits.clamped(limit: limit)
        var movements: [StockMovement] = []
        let known = self.marks(of: cursor)
        var marks = known ?? Array(repeating: 0, count: stocks.count)
        var missedCount: UInt64 = known == nil && cursor != .start ? 1 : 0
        for index in 0..<stocks.count where movements.count < limit {
            let mark = marks[index]
            let rest = limit - movements.count
            let page = stocks.withLock(index) { $0.movements(from: mark, of: "\(name)/\(index)", limit: rest) }
            movements += page.movements
            marks[index] = page.next
            missedCount += page.missedCount
        }
        let next = MovementCursor(marks: nameMarks + marks)
        return MovementSlice(movements: movements, next: next, missedCount: missedCount)
    }

    private var nameMarks: [UInt64] {
        [UInt64(truncatingIfNeeded: name >> 64), UInt64(truncatingIfNeeded: name)]
    }

    /// The marks of the shards; nil when the cursor is not this inventory's.
    private func marks(of cursor: MovementCursor) -> [UInt64]? {
        let marks = cursor.marks
        guard marks.count == nameMarks.count + stocks.count, marks.starts(with: nameMarks) else { return nil }
        return Array(marks.dropFirst(nameMarks.count))
    }

    /// Forgets the movements before `cursor`, when whoever copies them elsewhere no longer needs them.
    ///
    /// They are kept in pieces: a few that could be forgotten may still be read.
    public func forgetMovements(before cursor: MovementCursor) {
        for (index, mark) in (marks(of: cursor) ?? []).enumerated() {
            stocks.withLock(index) { $0.forgetMovements(before: mark) }
        }
    }

    /// A hold as a reservation.
    func reservation(of hold: Hold, state: ReservationState? = nil) -> Reservation {
        if let reservation = hold.books.first?.reservation { return reservation }
        return Reservation(
            id: ReservationID(bits: hold.id),
            lines: lines(of: hold.lines),
            member: MemberKey(unchecked: hold.holder.member),
            reference: hold.reference.map { StockReference(unchecked: $0) },
            state: state ?? hold.state,
            deadline: Timestamp(microsecondsSinceEpoch: hold.deadline),
            reservedAt: Timestamp(microsecondsSinceEpoch: hold.reservedAt)
        )
    }

    private func lines(of held: HeldLines) -> ReservationLines {
        var lines = line(of: held.first)
        for held in held.rest { lines += line(of: held) }
        return ReservationLines(lines)
    }

    /// A held line; as several lines when the sum of the request's lines is more than one line may have.
    private func line(of held: HeldLine) -> [ReservationLine] {
        ReservationLine.lines(of: point(of: held), units: held.quantity)
    }

    func point(of held: HeldLine) -> StockPoint {
        stocks.withLock(Int(held.shard)) { $0.point(of: held) }
    }
}
