public import MarketplaceCore
import MarketplaceStorage

extension StoreInventory {
    /// The stock of SKUs at all their locations; those that are unknown are missing.
    public func stock(of skus: [SKU]) async throws(InventoryError) -> [SKU: SKUStock] {
        var stock: [SKU: SKUStock] = [:]
        for sku in skus where stock[sku] == nil {
            guard let stored = try await read(StockKeySpace.item(sku), as: StockItemDocument.self) else { continue }
            var levels: [StockLevel] = []
            for location in stored.value.locations {
                levels.append(try await level(at: StockPoint(sku, at: location), stored.value.terms))
            }
            stock[sku] = SKUStock(sku: sku, levels: levels)
        }
        return stock
    }

    /// The level of a point, by what is stored of its SKU: what the cache remembers may be the terms of yesterday.
    func level(at point: StockPoint) async throws(InventoryError) -> StockLevel {
        let stored = try await read(StockKeySpace.item(point.sku), as: StockItemDocument.self)
        return try await level(at: point, stored?.value.terms ?? .unrestricted)
    }

    /// The level of a point on the given terms.
    func level(at point: StockPoint, _ terms: SaleTerms) async throws(InventoryError) -> StockLevel {
        let keys = StockKeySpace.level(point)
        let values = try await reading { () async throws(StoreError) in try await store.counters(keys) }
        return level(at: point, terms, values)
    }

    /// The level of a point whose counters have these values.
    func level(at point: StockPoint, _ terms: SaleTerms, _ values: [CounterKey: Int64]) -> StockLevel {
        StockLevel(
            sku: point.sku,
            location: point.location,
            onHand: values[StockKeySpace.onHand(point)] ?? 0,
            held: values[StockKeySpace.held(point)] ?? 0,
            allocated: values[StockKeySpace.allocated(point)] ?? 0,
            backordered: values[StockKeySpace.backordered(point)] ?? 0,
            incoming: values[StockKeySpace.incoming(point)] ?? 0,
            damaged: values[StockKeySpace.damaged(point)] ?? 0,
            safetyStock: terms.safetyStock[point.location]
        )
    }

    /// What is known of a reservation; nil when nothing is.
    public func reservation(_ id: ReservationID) async throws(InventoryError) -> ReservationRecord? {
        try await read(StockKeySpace.reservation(id), as: ReservationBook.self)?.value.record
    }

    /// The open reservations with an id after `id`, in ascending order; see
    /// ``InventoryStore/openReservations(after:limit:)``.
    public func openReservations(
        after id: ReservationID?,
        limit: Int
    ) async throws(InventoryError) -> ReservationSlice {
        var query = DocumentQuery.indexed(
            StockKeySpace.reservations,
            by: ReservationBook.openIndex,
            limit: InventoryLimits.clamped(limit: limit)
        )
        if let id { query = query.continued(from: DocumentCursor(values: [.integer(0)], id: TextKey(id))) }
        let wanted = query
        let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: wanted) }
        var reservations: [Reservation] = []
        for document in slice.documents {
            let book = try decoded(ReservationBook.self, from: document.body)
            if let reservation = book.reservation { reservations.append(reservation) }
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
            location: moved.location,
            kind: moved.kind,
            deltas: moved.deltas,
            reservation: moved.reservation,
            reference: moved.reference,
            time: event.time
        )
    }
}
