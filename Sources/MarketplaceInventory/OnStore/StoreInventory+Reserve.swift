import MarketplaceCore
import MarketplaceStorage

extension StoreInventory {
    private enum Attempt {
        case made(Reservation)
        case contended
        case refused(InventoryRefusal)
    }

    /// Sets aside all that is asked for, or nothing; see ``InventoryStore/reserve(_:)``.
    ///
    /// One read and one commit, when nobody interferes and the items are in the cache.
    @discardableResult
    public func reserve(_ request: ReservationRequest) async throws(InventoryError) -> Reservation {
        try request.validate()
        return try await attempting { () async throws(InventoryError) -> Reservation? in
            switch try await attempt(request) {
            case .made(let reservation): return reservation
            case .contended:
                cache.forget(request.lines.lazy.map(\.sku))
                return nil
            case .refused(let refusal):
                guard refusal.mayBeLiftedByExpiry, try await releaseOverdue(at: request.time) else {
                    throw .refused(refusal)
                }
                return nil
            }
        }
    }

    private func attempt(_ request: ReservationRequest) async throws(InventoryError) -> Attempt {
        let key = DocumentKey(StockKeySpace.reservations, request.id)
        if let stored = try await read(key, as: ReservationDocument.self) {
            return try await repeated(request, stored)
        }
        let demand = request.lines.demand.sorted { $0.key < $1.key }
        var transaction = Transaction(
            id: TransactionID(derivedFrom: "inventory reserve", request.id.description),
            time: request.time
        )
        var lines: [ReservationDocument.Line] = []
        for (sku, units) in demand {
            guard let entry = try await item(of: sku) else { return .refused(.unknownSKU(sku)) }
            if let refusal = entry.item.terms.refusal(of: sku, quantity: units, at: request.time) {
                // What the cache remembers is no ground for a refusal.
                return try await isCurrent(entry, sku) ? .refused(refusal) : .contended
            }
            let line = ReservationDocument.Line(
                sku: sku,
                units: units,
                limitGeneration: entry.item.limitGeneration
            )
            try take(line, for: request, entry, in: &transaction)
            lines.append(line)
        }
        let document = ReservationDocument(
            member: request.member,
            lines: lines,
            reference: request.reference,
            state: .held,
            deadline: request.deadline,
            reservedAt: request.time
        )
        transaction.write(
            DocumentWrite(
                key,
                body: try encoded(document),
                expecting: .absent,
                indexEntries: document.indexEntries
            )
        )
        switch try await commit(transaction) {
        case .done: return .made(Reservation(request))
        case .contended: return .contended
        case .bound(let key, let bound, let value):
            // A bound of a counter that was not added to cannot be broken: whatever it was, the next attempt tells.
            let refusal = refusal(of: request, document, key, bound, value: value)
            return refusal.map(Attempt.refused) ?? .contended
        }
    }

    /// Adds to a transaction what setting aside the units of one SKU takes.
    private func take(
        _ line: ReservationDocument.Line,
        for request: ReservationRequest,
        _ entry: StockItemCache.Entry,
        in transaction: inout Transaction
    ) throws(InventoryError) {
        transaction.require(.document(StockKeySpace.item(line.sku), at: entry.revision))
        if let limit = entry.item.terms.perMemberLimit {
            let taken = StockKeySpace.taken(
                line.sku,
                limitGeneration: line.limitGeneration,
                member: request.member
            )
            transaction.add(line.units, to: taken, ceiling: Int64(limit.value))
        }
        transaction.add(-line.units, to: StockKeySpace.available(line.sku), floor: 0)
        transaction.add(line.units, to: StockKeySpace.held(line.sku))
        let moved = StockMoved(
            sku: line.sku,
            kind: .reservation,
            deltas: StockDeltas(held: line.units),
            reservation: request.id,
            reference: request.reference
        )
        let movement = MovementID(of: request.id, kind: .reservation, sku: line.sku)
        try append(moved, idBits: movement.bits, to: StockKeySpace.stream(moved.sku), in: &transaction)
    }

    /// Whether an item that may come from the cache is what is stored now.
    private func isCurrent(_ entry: StockItemCache.Entry, _ sku: SKU) async throws(InventoryError) -> Bool {
        cache.forget([sku])
        return try await item(of: sku)?.revision == entry.revision
    }

    /// The refusal that a counter at its bound stands for.
    private func refusal(
        of request: ReservationRequest,
        _ document: ReservationDocument,
        _ key: CounterKey,
        _ bound: CounterBound,
        value: Int64
    ) -> InventoryRefusal? {
        for line in document.lines {
            if key == StockKeySpace.available(line.sku) {
                return .insufficientStock(line.sku, requested: line.units, available: value)
            }
            let generation = line.limitGeneration
            let taken = StockKeySpace.taken(line.sku, limitGeneration: generation, member: request.member)
            if key == taken, case .ceiling(let limit) = bound {
                return .memberLimit(line.sku, limit: limit, alreadyTaken: value, requested: line.units)
            }
        }
        return nil
    }

    /// The answer to a request whose id is known.
    private func repeated(
        _ request: ReservationRequest,
        _ stored: StoredValue<ReservationDocument>
    ) async throws(InventoryError) -> Attempt {
        let document = stored.value
        if document.isOverdue(at: request.time) {
            guard try await move(request.id, stored, to: .expired, at: request.time) else { return .contended }
            return .refused(.expired(request.id, deadline: document.deadline ?? request.time))
        }
        switch document.state {
        case .released, .expired: return .refused(document.refusal(request.id) ?? .released(request.id))
        case .shipped: return .refused(.alreadyShipped(request.id))
        case .held, .allocated:
            guard let reservation = document.reservation(request.id),
                reservation.member == request.member,
                reservation.lines.demand == request.lines.demand
            else { return .refused(.reservationMismatch(request.id)) }
            return .made(reservation)
        }
    }
}
