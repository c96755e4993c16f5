public import MarketplaceCore

extension InMemoryInventory {
    /// Promises a held reservation's units for good; see ``InventoryStore/allocate(_:at:)``.
    @discardableResult
    public func allocate(_ id: ReservationID, at time: Timestamp) throws(InventoryError) -> ReservationState {
        let hash = seed.hash(id.bits)
        return try holds.withLock(holds.index(of: hash)) { shard -> Result<ReservationState, InventoryRefusal> in
            switch shard.find(id.bits, hash: hash) {
            case .nothing: return .failure(.unknownReservation(id))
            case .ended(let tombstone):
                return tombstone.state == .shipped ? .success(.shipped) : .failure(tombstone.refusal)
            case .open(let slot):
                if shard.holds[slot].stamp == 0 { return .success(.allocated) }
                if shard.holds[slot].isOverdue(at: time) {
                    return .failure(endOverdue(slot, of: &shard, at: time))
                }
                move(slot, of: shard, .allocation, at: time)
                shard.allocate(slot)
                return .success(.allocated)
            }
        }.orThrow()
    }

    /// Gives back the units of a reservation; see ``InventoryStore/release(_:at:)``.
    @discardableResult
    public func release(_ id: ReservationID, at time: Timestamp) throws(InventoryError) -> ReleaseOutcome {
        let hash = seed.hash(id.bits)
        return try holds.withLock(holds.index(of: hash)) { shard -> Result<ReleaseOutcome, InventoryRefusal> in
            switch shard.find(id.bits, hash: hash) {
            case .nothing:
                shard.forestall(id.bits, hash: hash, at: time)
                return .success(.neverReserved)
            case .ended(let tombstone):
                switch tombstone.state {
                case .shipped: return .failure(.alreadyShipped(id))
                case .expired: return .success(.expired)
                default: return .success(tombstone.ended.deadline == nil ? .neverReserved : .released)
                }
            case .open(let slot):
                if shard.holds[slot].isOverdue(at: time) {
                    _ = endOverdue(slot, of: &shard, at: time)
                    return .success(.expired)
                }
                let isHeld = shard.holds[slot].state == .held
                move(slot, of: shard, isHeld ? .cancellationOfHeld : .cancellationOfAllocated, at: time)
                shard.end(slot, as: .released, at: time)
                return .success(.released)
            }
        }.orThrow()
    }

    /// Takes an allocated reservation's units out of the stock on hand; see ``InventoryStore/ship(_:at:)``.
    public func ship(_ id: ReservationID, at time: Timestamp) throws(InventoryError) {
        let hash = seed.hash(id.bits)
        try holds.withLock(holds.index(of: hash)) { shard -> Result<Void, InventoryRefusal> in
            switch shard.find(id.bits, hash: hash) {
            case .nothing: return .failure(.unknownReservation(id))
            case .ended(let tombstone):
                return tombstone.state == .shipped ? .success(()) : .failure(tombstone.refusal)
            case .open(let slot):
                if shard.holds[slot].isOverdue(at: time) {
                    return .failure(endOverdue(slot, of: &shard, at: time))
                }
                guard shard.holds[slot].state == .allocated else { return .failure(.notAllocated(id)) }
                move(slot, of: shard, .sale, at: time)
                shard.end(slot, as: .shipped, at: time)
                return .success(())
            }
        }.orThrow()
    }

    /// Moves the units of all lines of a hold on, one shard of stock after the other.
    ///
    /// The shard of the hold is locked all the while, and these moves cannot be refused: nobody can see the hold
    /// between two states.
    @inline(__always)
    func move(_ slot: Int, of shard: borrowing HoldShard, _ kind: CompactMovementKind, at time: Timestamp) {
        let line = shard.holds[slot].first
        stocks.withLock(Int(line.shard)) { $0.move(line, of: shard.holds[slot], kind, at: time) }
        for line in shard.holds[slot].rest {
            stocks.withLock(Int(line.shard)) { $0.move(line, of: shard.holds[slot], kind, at: time) }
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
