import MarketplaceCore
import Synchronization

extension InMemoryInventory {
    private enum Attempt {
        case made
        case known
        case refused(InventoryRefusal)
    }

    /// Sets aside all that is asked for, or nothing; see ``InventoryStore/reserve(_:)``.
    ///
    /// - Complexity: constant for one SKU; O(n log n) for n lines.
    @discardableResult
    public func reserve(_ request: ReservationRequest) throws(InventoryError) -> Reservation {
        try request.validate()
        let hash = seed.hash(request.id.bits)
        let holder = Holder(member: request.member.text, hash: seed.hash(request.member.text))
        for _ in 0..<Self.maximumRounds {
            let endedBefore = endedOverdue.load(ordering: .sequentiallyConsistent)
            let attempt =
                if let line = request.lines.single {
                    attemptOne(
                        request,
                        hash: hash,
                        holder: holder,
                        demand(of: line.point, quantity: line.quantity.units)
                    )
                } else {
                    attemptSeveral(request, hash: hash, holder: holder, demands(of: request.lines))
                }
            switch attempt {
            case .made: return Reservation(request)
            case .known:
                if let reservation = try repeated(request, hash: hash) { return reservation }
            case .refused(let refusal):
                if mayBeLifted(refusal, endedBefore, at: request.time) { continue }
                guard case .insufficientStock = refusal, request.allowsBackorder else { throw .refused(refusal) }
                if let reservation = try backorder(request, hash: hash, holder: holder) { return reservation }
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
            guard makeReady(&shard, for: request, hash: hash) else { return .known }
            let result = stocks.withLock(demand.shard) { stock -> Result<HeldLine, InventoryRefusal> in
                let slot = stock.slot(of: demand)
                if let refusal = stock.refusal(of: demand, slot: slot, holder: holder, for: request) {
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
            guard makeReady(&shard, for: request, hash: hash) else { return .known }
            var lines: [HeldLine] = []
            lines.reserveCapacity(demands.count)
            let refusal = withStock(demands[...]) { stock, demand in
                stock.refusal(of: demand, slot: stock.slot(of: demand), holder: holder, for: request)
            } taking: { stock, demand in
                guard let slot = stock.slot(of: demand) else { return }
                lines.append(stock.take(demand, slot: slot, for: request, holder: holder))
            }
            if let refusal { return .refused(refusal) }
            // Whoever locks the innermost shard first applies last, so the lines come in descending order.
            guard let first = lines.popLast() else { return .refused(.emptyRequest) }
            shard.insert(request, hash: hash, holder: holder, lines: HeldLines(first: first, rest: lines.reversed()))
            noteEarliest(of: shard, index)
            return .made
        }
    }

    /// Ends a few overdue holds on the way; false when the id is known.
    @inline(__always)
    func makeReady(_ shard: inout HoldShard, for request: borrowing ReservationRequest, hash: UInt64) -> Bool {
        guard case .nothing = shard.find(request.id.bits, hash: hash) else { return false }
        if shard.earliestDeadline <= request.time.microsecondsSinceEpoch {
            endOverdue(of: &shard, at: request.time, limit: Self.overduePerReserve)
        }
        // Told before the units are taken: whoever misses them must find the hold that has them, should it be overdue.
        let deadline = request.deadline.microsecondsSinceEpoch
        let index = holds.index(of: hash)
        if deadline < holds.hint(index) { holds.setHint(index, deadline) }
        return true
    }

    /// Locks the shards of `demands` one inside the other in ascending order, checks on the way in and takes on the way
    /// out, when all have agreed.
    ///
    /// Each level takes with its own shard still locked and after the last lock was taken, which makes it one step for
    /// everybody else (two-phase locking).
    func withStock(
        _ demands: ArraySlice<StockDemand>,
        checking check: (borrowing StockShard, StockDemand) -> InventoryRefusal?,
        taking take: (inout StockShard, StockDemand) -> Void
    ) -> InventoryRefusal? {
        guard let first = demands.first else { return nil }
        let end = demands.firstIndex { $0.shard != first.shard } ?? demands.endIndex
        return stocks.withLock(first.shard) { stock in
            for demand in demands[..<end] {
                if let refusal = check(stock, demand) { return refusal }
            }
            if let refusal = withStock(demands[end...], checking: check, taking: take) { return refusal }
            for demand in demands[..<end].reversed() { take(&stock, demand) }
            return nil
        }
    }

    /// The demand of several lines, one per point, by ascending shard.
    func demands(of lines: ReservationLines) -> [StockDemand] {
        var sorted = lines.map { demand(of: $0.point, quantity: $0.quantity.units) }
        sorted.sort {
            ($0.shard, $0.hash) == ($1.shard, $1.hash) ? $0.point < $1.point : ($0.shard, $0.hash) < ($1.shard, $1.hash)
        }
        var demands: [StockDemand] = []
        for demand in sorted {
            if let last = demands.last, last.point == demand.point {
                demands[demands.count - 1].quantity += demand.quantity
            } else {
                demands.append(demand)
            }
        }
        sumUp(&demands)
        return demands
    }

    /// Tells each demand how many units are wanted of its SKU, all locations together; those of a SKU stand in a row.
    private func sumUp(_ demands: inout [StockDemand]) {
        var start = 0
        while start < demands.count {
            let end = demands[start...].firstIndex { $0.sku != demands[start].sku } ?? demands.count
            let sum = demands[start..<end].reduce(0) { $0 + $1.quantity }
            for index in start..<end { demands[index].skuQuantity = sum }
            start = end
        }
    }

    /// The answer to a request whose id is known; nil when it has been forgotten meanwhile.
    @inline(never)
    private func repeated(_ request: ReservationRequest, hash: UInt64) throws(InventoryError) -> Reservation? {
        let answer = holds.withLock(holds.index(of: hash)) { shard -> Result<Reservation?, InventoryRefusal> in
            switch shard.find(request.id.bits, hash: hash) {
            case .nothing: return .success(nil)
            case .ended(let tombstone): return .failure(tombstone.refusal)
            case .open(let slot):
                let isOverdue = shard.holds[slot].isOverdue(at: request.time)
                if isOverdue, let refusal = endOverdue(slot, of: &shard, at: request.time) { return .failure(refusal) }
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
        case .insufficientStock, .memberLimit, .insufficientUnits(_, .unpromised, _, _): true
        default: false
        }
    }
}
