public import MarketplaceCore

extension InMemoryInventory {
    /// Promises a held reservation's units for good; see ``InventoryStore/allocate(_:at:)``.
    @discardableResult
    public func allocate(_ id: ReservationID, at time: Timestamp) throws(InventoryError) -> ReservationState {
        let hash = seed.hash(id.bits)
        if let state = allocateWhole(id, hash: hash, at: time) { return state }
        return try allocate(.everything, of: id, at: time)
    }

    /// Promises some of a reservation's units for good; see ``InventoryStore/allocate(_:of:at:)``.
    @discardableResult
    public func allocate(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) throws(InventoryError) -> ReservationState {
        try allocate(.units(units), of: id, at: time)
    }

    /// Gives back the units of a reservation; see ``InventoryStore/release(_:at:)``.
    @discardableResult
    public func release(_ id: ReservationID, at time: Timestamp) throws(InventoryError) -> ReleaseOutcome {
        let hash = seed.hash(id.bits)
        if releaseWhole(id, hash: hash, at: time) { return .released }
        return try release(.everything, of: id, at: time)
    }

    /// Gives back some of a reservation's units; see ``InventoryStore/release(_:of:at:)``.
    @discardableResult
    public func release(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) throws(InventoryError) -> ReleaseOutcome {
        try release(.units(units), of: id, at: time)
    }

    /// Takes an allocated reservation's units out of the stock on hand; see ``InventoryStore/ship(_:at:)``.
    public func ship(_ id: ReservationID, at time: Timestamp) throws(InventoryError) {
        let hash = seed.hash(id.bits)
        if !shipWhole(id, hash: hash, at: time) { try ship(.everything, of: id, at: time) }
    }

    /// Takes some of a reservation's units out of the stock on hand; see ``InventoryStore/ship(_:of:at:)``.
    public func ship(_ units: ReservationLines, of id: ReservationID, at time: Timestamp) throws(InventoryError) {
        try ship(.units(units), of: id, at: time)
    }

    /// Moves the deadline of a hold to a later time; see ``InventoryStore/extend(_:to:at:)``.
    @discardableResult
    public func extend(
        _ id: ReservationID,
        to deadline: Timestamp,
        at time: Timestamp
    ) throws(InventoryError) -> Reservation {
        let book = try change(id, at: time) { book throws(InventoryRefusal) in
            _ = try book.extend(to: deadline)
            return []
        }
        guard let reservation = book.reservation else { throw .refused(.released(id)) }
        return reservation
    }

    // MARK: Reservations all of whose units stand alike: the most frequent calls, without books

    /// Allocates a hold that is due to nothing else; nil when it is not that simple.
    @inline(__always)
    private func allocateWhole(_ id: ReservationID, hash: UInt64, at time: Timestamp) -> ReservationState? {
        holds.withLock(holds.index(of: hash)) { shard in
            guard case .open(let slot) = shard.find(id.bits, hash: hash), shard.holds[slot].books.isEmpty,
                !shard.holds[slot].isOverdue(at: time)
            else { return nil }
            if shard.holds[slot].stamp != 0 {
                move(slot, of: shard, .allocation, at: time)
                shard.allocate(slot)
            }
            return .allocated
        }
    }

    private func releaseWhole(_ id: ReservationID, hash: UInt64, at time: Timestamp) -> Bool {
        holds.withLock(holds.index(of: hash)) { shard in
            guard case .open(let slot) = shard.find(id.bits, hash: hash), shard.holds[slot].books.isEmpty,
                !shard.holds[slot].isOverdue(at: time)
            else { return false }
            let isHeld = shard.holds[slot].state == .held
            move(slot, of: shard, isHeld ? .cancellationOfHeld : .cancellationOfAllocated, at: time)
            shard.end(slot, as: .released, at: time)
            return true
        }
    }

    private func shipWhole(_ id: ReservationID, hash: UInt64, at time: Timestamp) -> Bool {
        holds.withLock(holds.index(of: hash)) { shard in
            guard case .open(let slot) = shard.find(id.bits, hash: hash), shard.holds[slot].books.isEmpty,
                shard.holds[slot].state == .allocated
            else { return false }
            move(slot, of: shard, .sale, at: time)
            shard.end(slot, as: .shipped, at: time)
            return true
        }
    }

    /// Moves the units of all lines of a hold on; these moves cannot be refused.
    @inline(__always)
    func move(_ slot: Int, of shard: borrowing HoldShard, _ kind: CompactMovementKind, at time: Timestamp) {
        if shard.holds[slot].rest.isEmpty {
            let line = shard.holds[slot].first
            stocks.withLock(Int(line.shard)) { $0.move(line, of: shard.holds[slot], kind, at: time) }
        } else {
            let hold = shard.holds[slot]
            move(([hold.first] + hold.rest)[...], of: hold, kind, at: time)
        }
    }

    /// Moves lines on that stand by ascending shard, with all their shards locked before the first is moved: nobody
    /// finds some of the units moved and others not.
    private func move(
        _ lines: ArraySlice<HeldLine>,
        of hold: Hold,
        _ kind: CompactMovementKind,
        at time: Timestamp
    ) {
        guard let first = lines.first else { return }
        let end = lines.firstIndex { $0.shard != first.shard } ?? lines.endIndex
        stocks.withLock(Int(first.shard)) { stock in
            move(lines[end...], of: hold, kind, at: time)
            for line in lines[..<end] { stock.move(line, of: hold, kind, at: time) }
        }
    }
}

extension Tombstone {
    /// The refusal of whoever still wants something of the reservation.
    var refusal: InventoryRefusal {
        let id = ReservationID(bits: id)
        switch state {
        case .expired: return .expired(id, deadline: Timestamp(microsecondsSinceEpoch: deadline))
        case .shipped: return .alreadyShipped(id)
        case .released, .held, .allocated: return .released(id)
        }
    }
}
