public import MarketplaceCore

extension InMemoryInventory {
    /// Gives units that are there to the reservations that wait for them; see
    /// ``InventoryStore/fillBackorders(of:limit:at:)``.
    ///
    /// - Complexity: O(n log n) for n reservations that wait for the SKU.
    @discardableResult
    public func fillBackorders(
        of point: StockPoint,
        limit: Int,
        at time: Timestamp
    ) throws(InventoryError) -> [Reservation] {
        try InventoryLimits.validate(point)
        _ = releaseOverdue(at: time)
        let demand = demand(of: point, quantity: 0)
        let waiting = stocks.withLock(demand.shard) { $0.waiting(at: demand) }
        var filled: [Reservation] = []
        for bits in waiting.prefix(InventoryLimits.clamped(limit: limit)) {
            let available = stocks.withLock(demand.shard) { $0.available(of: demand) }
            guard available > 0 else { break }
            if let reservation = fill(ReservationID(bits: bits), demand, at: time) { filled.append(reservation) }
        }
        return filled
    }

    /// Gives a reservation what there is; nil when it no longer waits or others were faster.
    private func fill(_ id: ReservationID, _ demand: StockDemand, at time: Timestamp) -> Reservation? {
        let hash = seed.hash(id.bits)
        return holds.withLock(holds.index(of: hash)) { shard -> Reservation? in
            guard case .open(let slot) = shard.find(id.bits, hash: hash) else { return nil }
            if shard.holds[slot].isOverdue(at: time) { _ = endOverdue(slot, of: &shard, at: time) }
            guard case .open(let slot) = shard.find(id.bits, hash: hash), var book = shard.holds[slot].books.first
            else { return nil }
            let holder = shard.holds[slot].holder
            // What is there is looked up and taken under one lock.
            let isFilled = stocks.withLock(demand.shard) { stock in
                let moves = book.fill(demand.point, upTo: stock.available(of: demand), at: time)
                for move in moves { stock.apply(move, of: book, demand, holder, at: time) }
                return !moves.isEmpty
            }
            guard isFilled else { return nil }
            keep(book, [], in: slot, of: &shard, at: time)
            return book.reservation
        }
    }

    /// Reserves with the promise of units that are not there, where the terms permit it; nil when the id has become
    /// known meanwhile, and the caller looks again.
    @inline(never)
    func backorder(
        _ request: ReservationRequest,
        hash: UInt64,
        holder: Holder
    ) throws(InventoryError) -> Reservation? {
        let index = holds.index(of: hash)
        let demands = demands(of: request.lines)
        return try holds.withLock(index) { shard -> Result<Reservation?, InventoryRefusal> in
            guard makeReady(&shard, for: request, hash: hash) else { return .success(nil) }
            var lines: [ReservationBook.Line] = []
            var trial: StockItem?
            let refusal = withStock(demands[...]) { stock, demand in
                do throws(InventoryRefusal) {
                    _ = try stock.supply(of: demand, holder: holder, for: request, trial: &trial)
                    return nil
                } catch {
                    return error
                }
            } taking: { stock, demand in
                guard let line = stock.promise(demand, for: request) else { return }
                lines.append(line)
                let book = ReservationBook(request, lines: [line])
                for move in book.reservationMoves { stock.apply(move, of: book, demand, holder, at: request.time) }
            }
            if let refusal { return .failure(refusal) }
            let book = ReservationBook(request, lines: lines.sorted { $0.position.point < $1.position.point })
            shard.insert(request, hash: hash, holder: holder, lines: .none, books: [book])
            noteEarliest(of: shard, index)
            return .success(book.reservation)
        }.orThrow()
    }
}
