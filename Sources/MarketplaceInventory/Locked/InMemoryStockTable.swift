public import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// The reference of a ``StockTable``: rows in memory, one lock around them.
///
/// For tests and as a model for tables of one's own; in one process ``InMemoryInventory`` is much faster.
///
/// - Complexity: a read and a query are O(log n) and the size of the answer, a write of a reservation is O(n), with n
///   reservations.
public final class InMemoryStockTable: StockTable {
    private let state = Mutex(State())

    /// An empty table.
    public init() {}

    /// Reads the rows that are named.
    public func read(_ query: StockTableQuery) async throws(StockTableError) -> StockTableRows {
        state.withLock { state in
            StockTableRows(
                fences: Self.rows(query.fences, in: state.rows.fences),
                items: Self.rows(query.skus, in: state.rows.items),
                levels: Self.rows(query.points, in: state.rows.levels),
                counts: Self.rows(query.counts, in: state.rows.counts),
                reservations: Self.rows(query.reservations, in: state.rows.reservations),
                changes: Self.rows(query.changes, in: state.rows.changes)
            )
        }
    }

    /// Applies the whole write, or none of it.
    public func write(_ write: StockTableWrite) async throws(StockTableError) {
        let stale = state.withLock { state -> FenceKey? in
            if let stale = write.fences.first(where: { state.rows.fences[$0.key] != $0.seen }) { return stale.key }
            state.apply(write)
            return nil
        }
        if let stale { throw .staleFence(stale) }
    }

    /// The reservations that are due at or before `time`.
    public func reservations(dueBy time: Timestamp, limit: Int) async throws(StockTableError) -> [ReservationBook] {
        state.withLock { state in
            state.books(state.due.elements.lazy.prefix { $0.time <= time }.prefix(limit).map(\.id))
        }
    }

    /// The open reservations with an id after `id`.
    public func openReservations(
        after id: ReservationID?,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        state.withLock { state in
            let start = id.map(state.open.index(after:)) ?? 0
            return state.books(state.open.elements[start...].prefix(limit))
        }
    }

    /// The reservations that wait for units of a point.
    public func reservations(
        awaiting point: StockPoint,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        state.withLock { state in
            state.books((state.awaiting[point]?.elements ?? []).prefix(limit).map(\.id))
        }
    }

    /// The movements after `cursor`.
    public func movements(
        after cursor: MovementCursor,
        limit: Int
    ) async throws(StockTableError) -> MovementSlice {
        state.withLock { state in
            let start = Int(clamping: min(cursor.marks.first ?? 0, UInt64(state.movements.count)))
            let movements = Array(state.movements[start...].prefix(limit))
            let next = MovementCursor(marks: [UInt64(start + movements.count)])
            return MovementSlice(movements: movements, next: next, missedCount: 0)
        }
    }

    /// Deletes what ended, or was recorded, at or before `time`.
    public func forget(endedBy time: Timestamp, limit: Int) async throws(StockTableError) {
        state.withLock { $0.forget(endedBy: time, limit: limit) }
    }

    private static func rows<Key, Row>(_ keys: [Key], in rows: [Key: Row]) -> [Key: Row] {
        keys.reduce(into: [:]) { $0[$1] = rows[$1] }
    }
}

extension InMemoryStockTable {
    private struct State {
        var rows = StockTableRows()
        var movements: [StockMovement] = []
        var due = SortedKeys<Dated<ReservationID>>()
        var open = SortedKeys<ReservationID>()
        var awaiting: [StockPoint: SortedKeys<Dated<ReservationID>>] = [:]
        var ended = SortedKeys<Dated<ReservationID>>()
        var changes = SortedKeys<Dated<MovementID>>()

        func books(_ ids: some Sequence<ReservationID>) -> [ReservationBook] {
            ids.compactMap { rows.reservations[$0] }
        }

        mutating func apply(_ write: StockTableWrite) {
            for fence in write.fences { rows.fences[fence.key] = fence.token }
            for row in write.items { rows.items[row.sku] = row }
            for row in write.levels { rows.levels[row.point] = row }
            for row in write.counts { rows.counts[row.key] = row }
            for row in write.changes {
                if let old = rows.changes[row.id] { changes.remove(Dated(time: old.time, id: old.id)) }
                rows.changes[row.id] = row
                changes.insert(Dated(time: row.time, id: row.id))
            }
            for book in write.reservations { replace(book.id, with: book) }
            movements += write.movements
        }

        mutating func replace(_ id: ReservationID, with book: ReservationBook?) {
            if let old = rows.reservations[id] { unlist(old) }
            rows.reservations[id] = book
            if let book { list(book) }
        }

        private mutating func list(_ book: ReservationBook) {
            if let time = book.dueAt { due.insert(Dated(time: time, id: book.id)) }
            if let time = book.endedAt { ended.insert(Dated(time: time, id: book.id)) } else { open.insert(book.id) }
            for point in book.awaitedPoints {
                awaiting[point, default: SortedKeys()].insert(Dated(time: book.reservedAt, id: book.id))
            }
        }

        private mutating func unlist(_ book: ReservationBook) {
            if let time = book.dueAt { due.remove(Dated(time: time, id: book.id)) }
            if let time = book.endedAt { ended.remove(Dated(time: time, id: book.id)) } else { open.remove(book.id) }
            for point in book.awaitedPoints {
                awaiting[point]?.remove(Dated(time: book.reservedAt, id: book.id))
                if awaiting[point]?.elements.isEmpty == true { awaiting[point] = nil }
            }
        }

        mutating func forget(endedBy time: Timestamp, limit: Int) {
            for old in ended.elements.prefix(while: { $0.time <= time }).prefix(limit) { replace(old.id, with: nil) }
            for old in changes.elements.prefix(while: { $0.time <= time }).prefix(limit) {
                rows.changes[old.id] = nil
                changes.remove(old)
            }
        }
    }

    /// Something at a time; in the order of the times, then of the ids.
    private struct Dated<ID: Comparable>: Comparable {
        let time: Timestamp
        let id: ID

        static func < (lhs: Dated, rhs: Dated) -> Bool {
            lhs.time == rhs.time ? lhs.id < rhs.id : lhs.time < rhs.time
        }
    }
}
