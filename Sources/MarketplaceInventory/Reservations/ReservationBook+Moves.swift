import MarketplaceCore

extension ReservationBook {
    /// Promises units for good that are held or awaited.
    mutating func allocate(
        _ portion: ReservationPortion,
        at time: Timestamp
    ) throws(InventoryRefusal) -> [Move] {
        if portion == .everything {
            // What ended at the deadline is no longer there to be promised, even if the rest is.
            if lines.contains(where: { $0.position.expired > 0 }) {
                throw .expired(id, deadline: deadline ?? .distantPast)
            }
            if let refusal, state != .shipped { throw refusal }
        }
        let wanted = try portion.targets(in: self)
        let before = self
        return try changeLines(.allocation, at: time, endingAs: .released) { position throws(InventoryRefusal) in
            let target = wanted(position, position.reserved - position.released)
            let rest = target - position.allocated - position.owed - position.shipped
            guard rest > 0 else { return (StockDeltas(), 0) }
            guard rest <= position.tentative else {
                throw before.shortage(position, target, present: position.open + position.shipped)
            }
            let fromHeld = min(rest, position.held)
            position.held -= fromHeld
            position.allocated += fromHeld
            position.backordered -= rest - fromHeld
            position.owed += rest - fromHeld
            return (StockDeltas(held: -fromHeld, allocated: fromHeld), 0)
        }
    }

    /// Gives back units that have not left: first those that are not there yet, the firmly promised ones last.
    mutating func release(
        _ portion: ReservationPortion,
        at time: Timestamp
    ) throws(InventoryRefusal) -> [Move] {
        let wanted = try portion.targets(in: self)
        let before = self
        return try changeLines(.cancellation, at: time, endingAs: .released) { position throws(InventoryRefusal) in
            let target = wanted(position, position.released + position.open)
            var rest = target - position.released
            guard rest > 0 else { return (StockDeltas(), 0) }
            guard rest <= position.open else {
                throw before.shortage(position, target, present: position.released + position.open)
            }
            position.released += rest
            let counted = -rest
            let awaited = position.takeAwaited(&rest)
            let fromHeld = min(rest, position.held)
            position.held -= fromHeld
            rest -= fromHeld
            position.allocated -= rest
            return (StockDeltas(held: -fromHeld, allocated: -rest, backordered: -awaited), counted)
        }
    }

    /// Takes allocated units out of the stock on hand.
    mutating func ship(
        _ portion: ReservationPortion,
        at time: Timestamp
    ) throws(InventoryRefusal) -> [Move] {
        if portion == .everything {
            if state == .held { throw .notAllocated(id) }
            if let waiting = lines.first(where: { $0.position.owed > 0 })?.position {
                throw .awaitingStock(id, waiting.point, units: waiting.owed)
            }
            if let refusal, state != .shipped { throw refusal }
        }
        let wanted = try portion.targets(in: self)
        let before = self
        return try changeLines(.sale, at: time, endingAs: .shipped) { position throws(InventoryRefusal) in
            let target = wanted(position, position.shipped + position.allocated)
            let rest = target - position.shipped
            guard rest > 0 else { return (StockDeltas(), 0) }
            guard rest <= position.allocated else {
                if rest <= position.allocated + position.held { throw .notAllocated(before.id) }
                if rest <= position.open { throw .awaitingStock(before.id, position.point, units: position.awaited) }
                throw before.shortage(position, target, present: position.open + position.shipped)
            }
            position.allocated -= rest
            position.shipped += rest
            return (StockDeltas(onHand: -rest, allocated: -rest), 0)
        }
    }

    /// Gives back what was held or awaited until the deadline.
    mutating func expire(at time: Timestamp) -> [Move] {
        let moves = try? changeLines(.expiry, at: time, endingAs: .expired) { position throws(InventoryRefusal) in
            let deltas = StockDeltas(held: -position.held, backordered: -position.backordered)
            let counted = -position.tentative
            position.expired += position.tentative
            position.held = 0
            position.backordered = 0
            return (deltas, counted)
        }
        return moves ?? []
    }

    /// Gives up to so many units that are there to whoever waits for them at a point: first to what is promised for
    /// good.
    mutating func fill(_ point: StockPoint, upTo units: Int64, at time: Timestamp) -> [Move] {
        let moves = try? changeLines(.allocation, at: time, endingAs: .released) { position throws(InventoryRefusal) in
            guard position.point == point, units > 0 else { return (StockDeltas(), 0) }
            let toAllocated = min(units, position.owed)
            let toHeld = min(units - toAllocated, position.backordered)
            position.owed -= toAllocated
            position.allocated += toAllocated
            position.backordered -= toHeld
            position.held += toHeld
            let deltas = StockDeltas(
                held: toHeld,
                allocated: toAllocated,
                backordered: -toAllocated - toHeld
            )
            return (deltas, 0)
        }
        return moves ?? []
    }

    /// Moves the deadline to a later time; whether that changed anything.
    mutating func extend(to deadline: Timestamp) throws(InventoryRefusal) -> Bool {
        if let refusal { throw refusal }
        // What is promised for good has no deadline to move.
        guard state == .held else { return false }
        return moveDeadline(to: deadline)
    }

    private func shortage(
        _ position: ReservationPosition,
        _ requested: Int64,
        present: Int64
    ) -> InventoryRefusal {
        refusal ?? .portionTooLarge(id, position.point, requested: requested, present: present)
    }
}

extension ReservationPosition {
    /// Takes units out of what is not there yet, and returns how many.
    fileprivate mutating func takeAwaited(_ rest: inout Int64) -> Int64 {
        let tentative = min(rest, backordered)
        backordered -= tentative
        let firm = min(rest - tentative, owed)
        owed -= firm
        rest -= tentative + firm
        return tentative + firm
    }
}

extension ReservationPortion {
    /// How many units in all are meant of a position, given how many everything would be.
    fileprivate typealias Targets = (ReservationPosition, _ everything: Int64) -> Int64

    /// What the portion means for each position of a reservation, all of whose points must be among them.
    fileprivate func targets(in book: ReservationBook) throws(InventoryRefusal) -> Targets {
        guard case .units(let lines) = self else { return { $1 } }
        let known = Set(book.lines.map(\.position.point))
        if let strange = lines.demand.first(where: { !known.contains($0.point) }) {
            throw book.refusal ?? .portionTooLarge(book.id, strange.point, requested: strange.units, present: 0)
        }
        let units = lines.unitsByPoint
        return { position, _ in units[position.point] ?? 0 }
    }
}
