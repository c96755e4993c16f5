import MarketplaceCore

@testable import MarketplaceInventory

extension FlawedBooks {
    /// Changes the books of a reservation by a rule, and the stock with them.
    @discardableResult
    mutating func change(
        _ id: ReservationID,
        at time: Timestamp,
        endingOverdue: Bool = true,
        _ rule: (inout ReservationBook) throws(InventoryRefusal) -> [ReservationBook.Move]
    ) throws(InventoryRefusal) -> ReservationBook {
        if endingOverdue { endOverdue(id, at: time) }
        guard var book = books[id] else {
            throw flaw == .unknownIsReleased ? .released(id) : .unknownReservation(id)
        }
        let moves = try rule(&book)
        keep(book, moves, at: time)
        return book
    }

    private mutating func keep(_ book: ReservationBook, _ moves: [ReservationBook.Move], at time: Timestamp) {
        apply(moves, of: book, at: time)
        books[book.id] = book.endedAt != nil && flaw == .forgetsEnded ? nil : book
    }

    /// Whether the deadline of a reservation has come.
    private func isOverdue(_ book: ReservationBook, at time: Timestamp) -> Bool {
        switch flaw {
        case .endsLate: book.isOverdue(at: time.advanced(by: .microseconds(-1)))
        case .endsEarly: book.isOverdue(at: time.advanced(by: .microseconds(1)))
        default: book.isOverdue(at: time)
        }
    }

    /// Ends a hold whose deadline has come; nil when it is not there or not due.
    @discardableResult
    mutating func endOverdue(_ id: ReservationID, at time: Timestamp) -> Reservation? {
        guard let book = books[id], isOverdue(book, at: time) else { return nil }
        return end(book, at: time)
    }

    /// Ends what is tentative of a reservation.
    mutating func end(_ book: ReservationBook, at time: Timestamp) -> Reservation? {
        var book = book
        if flaw == .deadlineEndsAll {
            let moves = try? book.changeLines(.expiry, at: time, endingAs: .expired) {
                position throws(InventoryRefusal) in
                let deltas = StockDeltas(
                    held: -position.held,
                    allocated: -position.allocated,
                    backordered: -position.awaited
                )
                let counted = -position.open
                position.expired += position.open
                (position.held, position.allocated, position.backordered, position.owed) = (0, 0, 0, 0)
                return (deltas, counted)
            }
            keep(book, moves ?? [], at: time)
        } else {
            let moves = book.expire(at: time)
            keep(book, moves, at: time)
        }
        return book.reservation
    }

    mutating func endAllOverdue(at time: Timestamp) {
        for id in overdue(at: time) { endOverdue(id, at: time) }
    }

    /// The holds whose deadline has come.
    func overdue(at time: Timestamp) -> [ReservationID] {
        books.values.filter { isOverdue($0, at: time) }.map(\.id).sorted()
    }

    mutating func allocate(
        _ portion: ReservationPortion,
        of id: ReservationID,
        at time: Timestamp
    ) throws(InventoryRefusal) -> ReservationState {
        let flaw = flaw
        if flaw == .repetitionWritesMovement, let book = books[id], book.state == .allocated,
            let point = book.positions.first?.point
        {
            movements.append(
                StockMovement(
                    id: MovementID(bits: .random(in: 0 ... .max)),
                    sku: point.sku,
                    location: point.location,
                    kind: .allocation,
                    deltas: StockDeltas(),
                    reservation: id,
                    reference: nil,
                    time: time
                )
            )
        }
        return try change(id, at: time, endingOverdue: flaw != .allocatesExpired) { book throws(InventoryRefusal) in
            let rest = ReservationPortion.units(book.positions) { $0.open + $0.shipped }
            if flaw == .allocatesRestOfExpired, portion == .everything { return try book.allocate(rest, at: time) }
            let portion = portion.altered(
                by: flaw,
                of: book,
                done: { $0.allocated + $0.owed + $0.shipped },
                most: { $0.open + $0.shipped }
            )
            return try book.allocate(portion, at: time)
        }.state
    }

    mutating func release(
        _ portion: ReservationPortion,
        of id: ReservationID,
        at time: Timestamp
    ) throws(InventoryRefusal) -> ReleaseOutcome {
        if books[id] == nil, portion == .everything {
            if flaw != .forgetsTombstone { books[id] = ReservationBook(forestalling: id, at: time) }
            return .neverReserved
        }
        let flaw = flaw
        let book = try change(id, at: time) { book throws(InventoryRefusal) in
            let portion = portion.altered(by: flaw, of: book, done: \.released, most: { $0.open + $0.released })
            if flaw == .releasesAllocatedFirst, case .units(let lines) = portion {
                return try book.releaseAllocatedFirst(lines.unitsByPoint, at: time)
            }
            return try book.release(portion, at: time)
        }
        return try book.releaseOutcome.get()
    }

    mutating func ship(_ portion: ReservationPortion, of id: ReservationID, at time: Timestamp) throws(InventoryRefusal)
    {
        let flaw = flaw
        do throws(InventoryRefusal) {
            try change(id, at: time) { book throws(InventoryRefusal) in
                let portion = portion.altered(by: flaw, of: book, done: \.shipped, most: { $0.allocated + $0.shipped })
                var early: [ReservationBook.Move] = []
                if flaw == .shipsHeld, book.state == .held { early = try book.allocate(.everything, at: time) }
                return early + (try book.ship(portion, at: time))
            }
        } catch {
            if flaw == .shipsAwaited, case .awaitingStock = error { return }
            throw error
        }
    }

    mutating func extend(
        _ id: ReservationID,
        to deadline: Timestamp,
        at time: Timestamp
    ) throws(InventoryRefusal) -> Reservation {
        let flaw = flaw
        let book = try change(id, at: time, endingOverdue: flaw != .extendsExpired) { book throws(InventoryRefusal) in
            if flaw == .extendsBackwards, let current = book.deadline, deadline < current {
                book = book.with(deadline)
            } else {
                _ = try book.extend(to: deadline)
            }
            return []
        }
        guard let reservation = book.reservation else { throw .released(id) }
        return reservation
    }

    mutating func fill(_ point: StockPoint, limit: Int, at time: Timestamp) -> [Reservation] {
        if flaw != .changesWaitForSweep { endAllOverdue(at: time) }
        var waiting = books.values.filter { $0.awaitedPoints.contains(point) }
            .sorted { ($0.reservedAt, $0.id) < ($1.reservedAt, $1.id) }
        if flaw == .fillsByID { waiting.sort { $0.id < $1.id } }
        if flaw == .fillsLastFirst { waiting.reverse() }
        var filled: [Reservation] = []
        for id in waiting.map(\.id) where filled.count < limit {
            endOverdue(id, at: time)
            let level = level(at: point)
            let present = flaw == .fillsSafetyStock ? level.unpromised : level.available
            guard present > 0, var book = books[id] else { continue }
            let moves = book.fill(point, upTo: present, at: time)
            guard !moves.isEmpty else { continue }
            keep(book, moves, at: time)
            if let reservation = book.reservation { filled.append(reservation) }
        }
        return filled
    }
}

extension ReservationPortion {
    /// What a flaw makes of a portion.
    fileprivate func altered(
        by flaw: InventoryFlaw?,
        of book: ReservationBook,
        done: (ReservationPosition) -> Int64,
        most: (ReservationPosition) -> Int64
    ) -> ReservationPortion {
        guard case .units(let lines) = self else { return self }
        let demand = lines.unitsByPoint
        let positions = book.positions.filter { demand[$0.point] != nil }
        switch flaw {
        case .portionsAddUp:
            return .units(positions) { min(most($0), (demand[$0.point] ?? 0) + done($0)) }
        case .portionsAreClamped:
            return .units(positions) { min(most($0), demand[$0.point] ?? 0) }
        default: return self
        }
    }

    /// So many units of each position.
    fileprivate static func units(
        _ positions: [ReservationPosition],
        _ units: (ReservationPosition) -> Int64
    ) -> ReservationPortion {
        .units(ReservationLines(positions.flatMap { ReservationLine.lines(of: $0.point, units: units($0)) }))
    }
}

extension ReservationBook {
    /// The same with another deadline.
    fileprivate func with(_ deadline: Timestamp) -> ReservationBook {
        guard let reservation else { return self }
        let other = Reservation(
            id: id,
            lines: reservation.lines,
            member: reservation.member,
            reference: reference,
            state: state,
            deadline: deadline,
            reservedAt: reservedAt
        )
        return ReservationBook(other, lines: lines)
    }

    /// Releases some units, the firmly promised ones first.
    fileprivate mutating func releaseAllocatedFirst(
        _ demand: [StockPoint: Int64],
        at time: Timestamp
    ) throws(InventoryRefusal) -> [Move] {
        try changeLines(.cancellation, at: time, endingAs: .released) { position throws(InventoryRefusal) in
            let wanted = max(0, (demand[position.point] ?? 0) - position.released)
            let fromAllocated = min(wanted, position.allocated)
            let fromHeld = min(wanted - fromAllocated, position.held)
            let fromBackordered = min(wanted - fromAllocated - fromHeld, position.backordered)
            position.allocated -= fromAllocated
            position.held -= fromHeld
            position.backordered -= fromBackordered
            let units = fromAllocated + fromHeld + fromBackordered
            position.released += units
            let deltas = StockDeltas(held: -fromHeld, allocated: -fromAllocated, backordered: -fromBackordered)
            return (deltas, -units)
        }
    }
}
