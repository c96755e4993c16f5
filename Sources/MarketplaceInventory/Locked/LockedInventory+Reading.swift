public import MarketplaceCore

extension LockedInventory {
    /// How many SKUs or points one read names: the most that a table has to take.
    private static let rowsPerRead = 1_000

    /// The stock of SKUs at all their locations; those that are unknown are missing.
    public func stock(of skus: [SKU]) async throws(InventoryError) -> [SKU: SKUStock] {
        var items: [SKU: StockItemRow] = [:]
        for page in Self.pages(of: Array(Set(skus))) {
            items.merge(try await read(StockTableQuery(skus: page)).items) { $1 }
        }
        var stock: [SKU: SKUStock] = items.mapValues { SKUStock(sku: $0.sku, levels: []) }
        var levels: [SKU: [StockLevel]] = [:]
        let points = items.values.flatMap { item in item.locations.map { StockPoint(item.sku, at: $0) } }
        for page in Self.pages(of: points) {
            let rows = try await read(StockTableQuery(points: page)).levels
            for point in page {
                let row = rows[point] ?? StockLevelRow(point)
                levels[point.sku, default: []].append(row.level(on: items[point.sku]?.terms))
            }
        }
        for (sku, levels) in levels { stock[sku] = SKUStock(sku: sku, levels: levels) }
        return stock
    }

    private static func pages<Element>(of elements: [Element]) -> [[Element]] {
        stride(from: 0, to: elements.count, by: rowsPerRead).map { start in
            Array(elements[start..<min(start + rowsPerRead, elements.count)])
        }
    }

    /// What is known of a reservation; nil when nothing is.
    public func reservation(_ id: ReservationID) async throws(InventoryError) -> ReservationRecord? {
        try await read(StockTableQuery(reservations: [id])).reservations[id]?.record
    }

    /// The open reservations with an id after `id`, in ascending order; see
    /// ``InventoryStore/openReservations(after:limit:)``.
    public func openReservations(
        after id: ReservationID?,
        limit: Int
    ) async throws(InventoryError) -> ReservationSlice {
        let limit = InventoryLimits.clamped(limit: limit)
        let books = try await asking { () async throws(StockTableError) in
            // One more tells whether this is the last page.
            try await table.openReservations(after: id, limit: limit + 1)
        }
        let page = books.prefix(limit)
        return ReservationSlice(
            reservations: page.compactMap(\.reservation),
            next: books.count > limit ? page.last?.id : nil
        )
    }

    /// The movements after `cursor`, in the order of the table; see ``InventoryStore/movements(after:limit:)``.
    public func movements(
        after cursor: MovementCursor,
        limit: Int
    ) async throws(InventoryError) -> MovementSlice {
        let limit = InventoryLimits.clamped(limit: limit)
        return try await asking { () async throws(StockTableError) in
            try await table.movements(after: cursor, limit: limit)
        }
    }
}
