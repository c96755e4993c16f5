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
    /// The cursor has one mark for each shard of stock.
    public func movements(after cursor: MovementCursor, limit: Int) throws(InventoryError) -> MovementSlice {
        let limit = InventoryLimits.clamped(limit: limit)
        var marks = cursor.marks
        var movements: [StockMovement] = []
        var missedCount: UInt64 = 0
        marks += Array(repeating: 0, count: max(0, stocks.count - marks.count))
        for index in 0..<stocks.count where movements.count < limit {
            let mark = marks[index]
            let rest = limit - movements.count
            let page = stocks.withLock(index) { $0.movements(from: mark, of: "\(name)/\(index)", limit: rest) }
            movements += page.movements
            marks[index] = page.next
            missedCount += page.missedCount
        }
        return MovementSlice(movements: movements, next: MovementCursor(marks: marks), missedCount: missedCount)
    }

    /// Forgets the movements before `cursor`, when whoever copies them elsewhere no longer needs them.
    ///
    /// They are kept in pieces: a few that could be forgotten may still be read.
    public func forgetMovements(before cursor: MovementCursor) {
        for (index, mark) in cursor.marks.prefix(stocks.count).enumerated() {
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
