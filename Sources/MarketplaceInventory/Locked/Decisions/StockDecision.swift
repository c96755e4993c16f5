import MarketplaceCore
import MarketplaceStorage

/// What is decided on the rows of one read: new rows and movements, or a refusal.
///
/// A value without a lock, a clock or a table. Each step checks all it needs before it changes anything, so what a
/// refused step leaves is what was decided before it.
struct StockDecision: Hashable, Sendable {
    private let query: StockTableQuery
    private let before: StockTableRows
    /// The rows as they are to be.
    private(set) var rows: StockTableRows
    /// What has moved, in order.
    private(set) var movements: [StockMovement] = []

    /// Nothing decided yet, on what `query` has read.
    init(on rows: StockTableRows, of query: StockTableQuery) {
        self.query = query
        self.rows = rows
        before = rows
    }

    /// Whether anything is to be written.
    var hasChanges: Bool { rows != before }

    /// The level of a point, on the terms of its SKU.
    func level(at point: StockPoint) -> StockLevel {
        (rows.levels[point] ?? StockLevelRow(point)).level(on: rows.items[point.sku]?.terms)
    }

    /// Whether the rows of all that a reservation is about were read; also when it is unknown.
    func covers(_ id: ReservationID) -> Bool {
        guard let book = rows.reservations[id] else { return true }
        let needed = StockTableQuery(of: [book])
        return Set(query.skus).isSuperset(of: needed.skus) && Set(query.points).isSuperset(of: needed.points)
            && Set(query.counts).isSuperset(of: needed.counts)
    }

    /// The write that makes the rows so.
    func write(_ fences: [StockFence]) -> StockTableWrite {
        StockTableWrite(
            fences: fences,
            items: Self.changes(before.items, rows.items),
            levels: Self.changes(before.levels, rows.levels),
            counts: Self.changes(before.counts, rows.counts),
            reservations: Self.changes(before.reservations, rows.reservations),
            changes: Self.changes(before.changes, rows.changes),
            movements: movements
        )
    }

    private static func changes<Key: Comparable, Row: Equatable>(_ before: [Key: Row], _ after: [Key: Row]) -> [Row] {
        after.filter { before[$0.key] != $0.value }.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension StockDecision {
    /// Sets the terms of a SKU, and makes it known.
    mutating func setTerms(_ terms: SaleTerms, for sku: SKU) {
        rows.items[sku] = StockItemRow(sku: sku, item(of: sku).with(terms))
    }

    /// Notes that a SKU is known, with levels at these locations as well.
    mutating func introduce(_ sku: SKU, at locations: [LocationKey]) throws(InventoryRefusal) {
        rows.items[sku] = StockItemRow(sku: sku, try item(of: sku).with(locations, of: sku))
    }

    /// Adds to the level of a point.
    mutating func add(_ deltas: StockDeltas, at point: StockPoint) {
        let units = (rows.levels[point]?.units ?? StockDeltas()) + deltas
        rows.levels[point] = StockLevelRow(point, units)
    }

    /// How many units a member has of a SKU, counted towards one limit.
    func taken(_ key: MemberCountKey, limitGeneration: Int64) -> Int64 {
        guard let row = rows.counts[key], row.limitGeneration == limitGeneration else { return 0 }
        return row.units
    }

    /// Keeps the books of a reservation, and what their latest change does to the stock.
    mutating func keep(_ book: ReservationBook, _ moves: [ReservationBook.Move], at time: Timestamp) {
        rows.reservations[book.id] = book
        for move in moves {
            add(move.deltas, at: move.point)
            if let member = book.member { count(move, of: MemberCountKey(move.point.sku, member)) }
        }
        movements += book.movements(of: moves, at: time)
    }

    private mutating func count(_ move: ReservationBook.Move, of key: MemberCountKey) {
        let generation = move.limitGeneration
        guard move.counted != 0, generation != 0 else { return }
        // What was counted towards an earlier limit is counted no longer.
        guard move.counted > 0 || rows.counts[key]?.limitGeneration == generation else { return }
        let units = taken(key, limitGeneration: generation) + move.counted
        rows.counts[key] = MemberCountRow(key, limitGeneration: generation, units: units)
    }

    /// Notes movements that are no reservation's.
    mutating func note(_ moved: [StockMovement], of change: RecordedChangeRow) {
        rows.changes[change.id] = change
        movements += moved
    }

    func item(of sku: SKU) -> StockItemDocument { rows.items[sku]?.item ?? StockItemDocument() }
}
