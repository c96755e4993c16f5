import MarketplaceCore
import MarketplaceStorage

extension StoreInventory {
    private enum Attempt {
        case made(Reservation)
        case contended
        /// What the books of the id say to a repetition.
        case refused(InventoryRefusal)
        /// Refused by the terms, unless the id is known.
        case forbidden(InventoryRefusal)
        /// Refused by a counter at that value, which what is overdue may still change.
        case exhausted(InventoryRefusal, CounterKey, value: Int64)
        /// Too little is there, and the terms may permit to promise what will come.
        case short
    }

    /// How many units of each point are to be promised that are not there.
    private typealias Backorders = [StockPoint: Int64]

    /// Sets aside all that is asked for, or nothing; see ``InventoryStore/reserve(_:)``.
    ///
    /// One commit and no read, when the id is new, nobody interferes and the items are in the cache: the books must not
    /// be there yet, so the commit of a repetition is a conflict, and only then is looked what is there.
    @discardableResult
    public func reserve(_ request: ReservationRequest) async throws(InventoryError) -> Reservation {
        try request.validate()
        var backorders: Backorders = [:]
        var attempt = -1
        return try await attempting { () async throws(InventoryError) -> Reservation? in
            let promised = backorders
            attempt += 1
            backorders = [:]
            switch try await self.attempt(request, promised, looksFirst: attempt > 0) {
            case .made(let reservation): return reservation
            case .contended: return nil
            case .refused(let refusal): throw .refused(refusal)
            case .forbidden(let refusal):
                try await refuse(refusal, request)
                return nil
            case .exhausted(let refusal, let key, let value):
                guard try await stands(refusal, key, value: value, at: request.time, attempt: attempt) else {
                    return nil
                }
                try await refuse(refusal, request)
                return nil
            case .short:
                if try await releaseOverdue(at: request.time, attempt: attempt) { return nil }
                switch try await missing(request) {
                case .success(let missing): backorders = missing
                case .failure(let refusal): try await refuse(refusal, request)
                }
                return nil
            }
        }
    }

    /// Refuses, unless the id has become known meanwhile: then its reservation is the answer, not what that has left.
    private func refuse(_ refusal: InventoryRefusal, _ request: ReservationRequest) async throws(InventoryError) {
        let key = StockKeySpace.reservation(request.id)
        let document = try await reading { () async throws(StoreError) in try await store.document(key) }
        if document == nil { throw .refused(refusal) }
    }

    /// What of the request is not there and may be promised nevertheless.
    private func missing(
        _ request: ReservationRequest
    ) async throws(InventoryError) -> Result<Backorders, InventoryRefusal> {
        var backorders: Backorders = [:]
        for demand in request.lines.demand {
            let point = demand.point
            guard let terms = try await item(of: point.sku)?.item.terms else { continue }
            let keys = [StockKeySpace.unpromised(point), StockKeySpace.backordered(point)]
            let values = try await reading { () async throws(StoreError) in try await store.counters(keys) }
            do throws(InventoryRefusal) {
                let supply = try terms.supply(
                    of: demand.units,
                    at: point,
                    unpromised: values[keys[0]] ?? 0,
                    backordered: values[keys[1]] ?? 0,
                    allowsBackorder: request.allowsBackorder
                )
                if supply.backordered > 0 { backorders[point] = supply.backordered }
            } catch {
                return .failure(error)
            }
        }
        return .success(backorders)
    }

    private func attempt(
        _ request: ReservationRequest,
        _ backorders: Backorders,
        looksFirst: Bool
    ) async throws(InventoryError) -> Attempt {
        let key = StockKeySpace.reservation(request.id)
        if looksFirst, let stored = try await read(key, as: ReservationBook.self) {
            return try await repeated(request, stored)
        }
        var items = RequestedItems()
        for (sku, units) in request.lines.demandBySKU {
            guard let entry = try await item(of: sku) else { return .forbidden(.unknownSKU(sku)) }
            let reason = entry.item.terms.refusal(
                of: sku,
                quantity: units,
                isRemainder: request.isRemainder,
                at: request.time
            )
            if let refusal = reason {
                // What the cache remembers is no ground for a refusal.
                return try await isCurrent(entry, sku) ? .forbidden(refusal) : .contended
            }
            items.append(entry, of: sku, units: units)
        }
        let (transaction, reservation) = try making(request, backorders, items)
        switch try await commit(transaction) {
        case .done: return .made(reservation)
        case .contended:
            cache.forget(stale: items)
            return .contended
        case .bound(let key, let bound, let value): return refusal(of: request, items, key, bound, value: value)
        }
    }

    /// The commit that makes a reservation, and what it makes.
    private func making(
        _ request: ReservationRequest,
        _ backorders: Backorders,
        _ items: RequestedItems
    ) throws(InventoryError) -> (Transaction, Reservation) {
        var transaction = Transaction(
            id: TransactionID(derivedFrom: "inventory reserve", "\(request.id)", calls.next()),
            time: request.time
        )
        for (sku, units, entry) in items.elements {
            let newLocations = backorders.keys.lazy.filter { $0.sku == sku }.map(\.location)
            try require(entry, of: sku, with: newLocations, in: &transaction)
            if let limit = entry.item.terms.perMemberLimit {
                let taken = taken(sku, entry.item.limitGeneration, by: request)
                transaction.add(units, to: taken, ceiling: limit.units)
            }
        }
        let book = ReservationBook(request, backorders: backorders) { items[$0]?.item }
        for position in book.positions {
            guard let terms = items[position.point.sku]?.item.terms else { continue }
            transaction.add(
                StockDeltas(held: position.held, backordered: position.backordered),
                of: position.point,
                leaving: terms.safetyStock[position.point.location],
                backorderedAtMost: terms.backorders?.limit.units ?? 0
            )
            if position.awaited > 0 { try queue(book, at: position.point, in: &transaction) }
        }
        try write(book, replacing: nil, in: &transaction)
        try append(book.movements(of: book.reservationMoves, at: request.time), to: &transaction)
        return (transaction, book.reservation ?? Reservation(request))
    }

    /// Requires that the SKU is as it was read, or notes that it has levels at more locations.
    private func require(
        _ entry: StockItemCache.Entry,
        of sku: SKU,
        with locations: some Sequence<LocationKey>,
        in transaction: inout Transaction
    ) throws(InventoryError) {
        let item = try refusing { () throws(InventoryRefusal) in try entry.item.with(locations, of: sku) }
        if item == entry.item {
            transaction.require(.document(StockKeySpace.item(sku), at: entry.revision))
        } else {
            try write(item, of: sku, replacing: entry.revision, in: &transaction)
        }
    }

    /// Whether an item that may come from the cache is what is stored now.
    private func isCurrent(_ entry: StockItemCache.Entry, _ sku: SKU) async throws(InventoryError) -> Bool {
        guard let stored = try await readItem(of: sku) else {
            cache.forget([sku])
            return false
        }
        cache.keep(stored, of: sku)
        return stored.revision == entry.revision
    }

    private func taken(_ sku: SKU, _ limitGeneration: Int64, by request: ReservationRequest) -> CounterKey {
        StockKeySpace.taken(sku, limitGeneration: limitGeneration, member: request.member)
    }

    /// What a counter at its bound stands for.
    private func refusal(
        of request: ReservationRequest,
        _ items: RequestedItems,
        _ key: CounterKey,
        _ bound: CounterBound,
        value: Int64
    ) -> Attempt {
        for demand in request.lines.demand {
            let point = demand.point
            guard let item = items[point.sku]?.item else { continue }
            if key == StockKeySpace.unpromised(point) {
                if request.allowsBackorder, item.terms.backorders != nil { return .short }
                let available = max(0, value - item.terms.safetyStock[point.location])
                let refusal = InventoryRefusal.insufficientStock(
                    point.sku,
                    requested: demand.units,
                    available: available
                )
                return .exhausted(refusal, key, value: value)
            }
            if key == taken(point.sku, item.limitGeneration, by: request), case .ceiling(let limit) = bound {
                let refusal = InventoryRefusal.memberLimit(
                    point.sku,
                    limit: limit,
                    alreadyTaken: value,
                    requested: items.units(of: point.sku)
                )
                return .exhausted(refusal, key, value: value)
            }
        }
        // The bound of a backorder: what is missing is looked up anew.
        return .contended
    }

    /// The answer to a request whose id is known.
    private func repeated(
        _ request: ReservationRequest,
        _ stored: StoredValue<ReservationBook>
    ) async throws(InventoryError) -> Attempt {
        var book = stored.value
        if book.isOverdue(at: request.time) {
            guard let ended = try await expire(stored, at: request.time) else { return .contended }
            book = ended
        }
        return switch book.answer(to: request) {
        case .success(let reservation): .made(reservation)
        case .failure(let refusal): .refused(refusal)
        }
    }
}
