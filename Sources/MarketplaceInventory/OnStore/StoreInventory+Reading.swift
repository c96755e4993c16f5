public import MarketplaceCore
import MarketplaceStorage

extension StoreInventory {
    /// The levels of SKUs; those that are unknown are missing.
    public func stock(of skus: [SKU]) async throws(InventoryError) -> [SKU: StockLevel] {
        var levels: [SKU: StockLevel] = [:]
        for sku in skus where levels[sku] == nil {
            guard try await item(of: sku) != nil else { continue }
            let keys = [StockKeySpace.onHand(sku), StockKeySpace.held(sku), StockKeySpace.allocated(sku)]
            let values = try await reading { () async throws(StoreError) in try await store.counters(keys) }
            levels[sku] = StockLevel(
                sku: sku,
                onHand: values[keys[0]] ?? 0,
                held: values[keys[1]] ?? 0,
                allocated: values[keys[2]] ?? 0
            )
        }
        return levels
    }

    /// What is known of a reservation; nil when nothing is.
    public func reservation(_ id: ReservationID) async throws(InventoryError) -> ReservationRecord? {
        let key = DocumentKey(StockKeySpace.reservations, id)
        guard let document = try await read(key, as: ReservationDocument.self)?.value else { return nil }
        if let endedAt = document.endedAt {
            return .ended(
                EndedReservation(id: id, state: document.state, deadline: document.deadline, endedAt: endedAt)
            )
        }
        return document.reservation(id).map(ReservationRecord.open)
    }

    /// The open reservations with an id after `id`, in ascending order; see
    /// ``InventoryStore/openReservations(after:limit:)``.
    public func openReservations(
        after id: ReservationID?,
        limit: Int
    ) async throws(InventoryError) -> ReservationSlice {
        var query = DocumentQuery.indexed(
            StockKeySpace.reservations,
            by: ReservationDocument.openIndex,
            limit: InventoryLimits.clamped(limit: limit)
        )
        if let id { query = query.continued(from: DocumentCursor(values: [.integer(0)], id: TextKey(id))) }
        let wanted = query
        let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: wanted) }
        var reservations: [Reservation] = []
        for document in slice.documents {
            guard let id = ReservationID(document.key.id.text) else { continue }
            let value = try decoded(ReservationDocument.self, from: document.body)
            if let reservation = value.reservation(id) { reservations.append(reservation) }
        }
        let next = slice.next == nil ? nil : reservations.last?.id
        return ReservationSlice(reservations: reservations, next: next)
    }

    /// The movements after `cursor`, in the order of the feed; see ``InventoryStore/movements(after:limit:)``.
    public func movements(
        after cursor: MovementCursor,
        limit: Int
    ) async throws(InventoryError) -> MovementSlice {
        let limit = InventoryLimits.clamped(limit: limit)
        let filter = EventFilter.categories([StockKeySpace.movements]).named([StockMoved.eventName])
        var position =
            cursor.marks.count == 2 ? FeedPosition(major: cursor.marks[0], minor: cursor.marks[1]) : .start
        var movements: [StockMovement] = []
        var isCaughtUp = false
        while movements.isEmpty, !isCaughtUp {
            let from = position
            let slice = try await reading { () async throws(StoreError) in
                try await store.events(after: from, matching: filter, limit: limit)
            }
            for event in slice.events { movements.append(try movement(event)) }
            position = slice.position
            isCaughtUp = slice.isCaughtUp
        }
        let next = MovementCursor(marks: [position.major, position.minor])
        return MovementSlice(movements: movements, next: next, missedCount: 0)
    }

    private func movement(_ event: RecordedEvent) throws(InventoryError) -> StockMovement {
        let moved = try decoded(StockMoved.self, from: event.payload)
        return StockMovement(
            id: MovementID(bits: event.id.bits),
            sku: moved.sku,
            kind: moved.kind,
            deltas: moved.deltas,
            reservation: moved.reservation,
            reference: moved.reference,
            time: event.time
        )
    }
}
