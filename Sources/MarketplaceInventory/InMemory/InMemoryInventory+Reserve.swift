import MarketplaceCore

extension InMemoryInventory {
    private enum Attempt {
        case made
        case known
        case refused(InventoryRefusal)
    }

    /// How often a reservation that found too little looks for overdue holds and tries again.
    private static let maximumRounds = 8

    /// Sets aside all that is asked for, or nothing; see ``InventoryStore/reserve(_:)``.
    ///
    /// - Complexity: constant for one SKU; O(n log n) for n lines.
    @discardableResult
    public func reserve(_ request: ReservationRequest) throws(InventoryError) -> Reservation {
        try request.validate()
        let hash = seed.hash(request.id.bits)
        let holder = Holder(member: request.member.text, hash: seed.hash(request.member.text))
        for _ in 0..<Self.maximumRounds {
            let attempt =
                if let line = request.lines.single {
                    attemptOne(
                        request,
                        hash: hash,
                        holder: holder,
                        demand(of: line.sku, quantity: Int64(line.quantity.value))
                    )
                } else {
                    attemptSeveral(request, hash: hash, holder: holder, demands(of: request.lines))
                }
            switch attempt {
            case .made: return Reservation(request)
            case .known:
                if let reservation = try repeated(request, hash: hash) { return reservation }
            case .refused(let refusal):
                guard refusal.mayBeLiftedByExpiry, releaseOverdue(at: request.time) else { throw .refused(refusal) }
            }
        }
        throw .contended(attempts: Self.maximumRounds)
    }

    @inline(__always)
    private func attemptOne(
        _ request: ReservationRequest,
        hash: UInt64,
        holder: Holder,
        _ demand: StockDemand
    ) -> Attempt {
        let index = holds.index(of: hash)
        return holds.withLock(index) { shard in
            guard case .nothing = shard.find(request.id.bits, hash: hash) else { return .known }
            if shard.earliestDeadline <= request.time.microsecondsSinceEpoch {
                endOverdue(of: &shard, at: request.time, limit: Self.overduePerReserve)
            }
            let result = stocks.withLock(demand.shard) { stock -> Result<HeldLine, InventoryRefusal> in
                let slot = stock.slot(of: demand)
                if let refusal = stock.refusal(of: demand, slot: slot, holder: holder, at: request.time) {
                    return .failure(refusal)
                }
                guard let slot else { return .failure(.unknownSKU(demand.sku)) }
                return .success(stock.take(demand, slot: slot, for: request, holder: holder))
            }
            switch result {
            case .failure(let refusal): return .refused(refusal)
            case .success(let line):
                shard.insert(request, hash: hash, holder: holder, lines: HeldLines(first: line))
                noteEarliest(of: shard, index)
                return .made
            }
        }
    }

    private func attemptSeveral(
        _ request: ReservationRequest,
        hash: UInt64,
        holder: Holder,
        _ demands: [StockDemand]
    ) -> Attempt {
        let index = holds.index(of: hash)
        return holds.withLock(index) { shard in
            guard case .nothing = shard.find(request.id.bits, hash: hash) else { return .known }
            if shard.earliestDeadline <= request.time.microsecondsSinceEpoch {
                endOverdue(of: &shard, at: request.time, limit: Self.overduePerReserve)
            }
            var lines: [HeldLine] = []
            lines.reserveCapacity(demands.count)
            if let refusal = take(demands[...], for: request, holder: holder, into: &lines) {
                return .refused(refusal)
            }
            // Whoever locks the innermost shard first applies last, so the lines come in descending order.
            guard let first = lines.popLast() else { return .refused(.emptyRequest) }
            shard.insert(request, hash: hash, holder: holder, lines: HeldLines(first: first, rest: lines.reversed()))
            noteEarliest(of: shard, index)
            return .made
        }
    }

    /// Locks the shards of `demands` one inside the other in ascending order, checks on the way in and takes on the way
    /// out, when all have agreed.
    ///
    /// Each level takes with its own shard still locked and after the last lock was taken, which makes it one step for
    /// everybody else (two-phase locking).
    private func take(
        _ demands: ArraySlice<StockDemand>,
        for request: ReservationRequest,
        holder: Holder,
        into lines: inout [HeldLine]
    ) -> InventoryRefusal? {
        guard let first = demands.first else { return nil }
        let end = demands.firstIndex { $0.shard != first.shard } ?? demands.endIndex
        return stocks.withLock(first.shard) { stock in
            for demand in demands[..<end] {
                let slot = stock.slot(of: demand)
                if let refusal = stock.refusal(of: demand, slot: slot, holder: holder, at: request.time) {
                    return refusal
                }
            }
            if let refusal = take(demands[end...], for: request, holder: holder, into: &lines) { return refusal }
            for demand in demands[..<end].reversed() {
                guard let slot = stock.slot(of: demand) else { continue }
                lines.append(stock.take(demand, slot: slot, for: request, holder: holder))
            }
            return nil
        }
    }

    /// The demand of several lines, one per SKU, by ascending shard.
    private func demands(of lines: ReservationLines) -> [StockDemand] {
        var sorted = lines.map { demand(of: $0.sku, quantity: Int64($0.quantity.value)) }
        sorted.sort {
            ($0.shard, $0.hash) == ($1.shard, $1.hash) ? $0.sku < $1.sku : ($0.shard, $0.hash) < ($1.shard, $1.hash)
        }
        var demands: [StockDemand] = []
        for demand in sorted {
            if let last = demands.last, last.sku == demand.sku {
                demands[demands.count - 1].quantity += demand.quantity
            } else {
                demands.append(demand)
            }
        }
        return demands
    }

    /// The answer to a request whose id is known; nil when it has been forgotten meanwhile.
    @inline(never)
    private func repeated(_ request: ReservationRequest, hash: UInt64) throws(InventoryError) -> Reservation? {
        let answer = holds.withLock(holds.index(of: hash)) { shard -> Result<Reservation?, InventoryRefusal> in
            switch shard.find(request.id.bits, hash: hash) {
            case .nothing: return .success(nil)
            case .ended(let tombstone): return .failure(tombstone.refusal)
            case .open(let slot):
                if shard.holds[slot].isOverdue(at: request.time) {
                    return .failure(endOverdue(slot, of: &shard, at: request.time))
                }
                let reservation = reservation(of: shard.holds[slot])
                guard reservation.member == request.member,
                    reservation.lines.demand == request.lines.demand
                else { return .failure(.reservationMismatch(request.id)) }
                return .success(reservation)
            }
        }
        return try answer.orThrow()
    }
}

extension InventoryRefusal {
    /// Whether giving back the units of overdue holds could change it.
    var mayBeLiftedByExpiry: Bool {
        switch self {
        case .insufficientStock, .memberLimit: true
        default: false
        }
    }
}
