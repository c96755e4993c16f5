import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage
import MarketplaceTestKit

extension PlantedTableBugs {
    /// A table that finds what is due by other means.
    private static func finding(due: @escaping AlteredStockTable.Due) -> AlteredStockTable {
        var table = AlteredStockTable()
        table.onDue = due
        return table
    }

    /// A table that finds what is open by other means.
    private static func finding(open: @escaping AlteredStockTable.Open) -> AlteredStockTable {
        var table = AlteredStockTable()
        table.onOpen = open
        return table
    }

    /// A table that finds what waits by other means.
    private static func finding(awaiting: @escaping AlteredStockTable.Awaiting) -> AlteredStockTable {
        var table = AlteredStockTable()
        table.onAwaiting = awaiting
        return table
    }

    /// A time without the parts of a second.
    private static func second(_ time: Timestamp) -> Int64 { time.microsecondsSinceEpoch / 1_000_000 }

    static let queries = [
        PlantedTableBug(
            StockTableLaws.dueReservationsComeInOrder,
            "what is due at the very time is not",
            alsoBreaks: [StockTableLaws.booksMove]
        ) {
            finding(due: { (time, limit, base) async throws(StockTableError) in
                try await base.reservations(dueBy: time, limit: limit + 10).filter { $0.dueAt ?? time < time }
            })
        },
        PlantedTableBug(
            StockTableLaws.dueReservationsComeInOrder,
            "what is due comes by id",
            alsoBreaks: [
                StockTableLaws.booksMove, StockTableLaws.rowsReplaceThoseOfTheirKey,
                StockTableLaws.acknowledgedWritesAreSeen, StockTableLaws.restartsKeepEverything,
                StockTableLaws.writesAreAllOrNothing,
            ]
        ) {
            finding(due: { (time, limit, base) async throws(StockTableError) in
                let due = try await base.reservations(dueBy: time, limit: 1_000)
                return Array(due.sorted { $0.id < $1.id }.prefix(limit))
            })
        },
        PlantedTableBug(StockTableLaws.dueReservationsComeInOrder, "what is due at one time comes by descending id") {
            finding(due: { (time, limit, base) async throws(StockTableError) in
                let due = try await base.reservations(dueBy: time, limit: 1_000)
                let sorted = due.sorted { left, right in
                    left.dueAt == right.dueAt ? left.id > right.id : left.dueAt ?? time < right.dueAt ?? time
                }
                return Array(sorted.prefix(limit))
            })
        },
        PlantedTableBug(
            StockTableLaws.dueReservationsComeInOrder,
            "deadlines are kept to the second",
            alsoBreaks: [StockTableLaws.booksMove]
        ) {
            finding(due: { (time, limit, base) async throws(StockTableError) in
                let due = try await base.allOpen().filter { book in
                    guard let dueAt = book.dueAt else { return false }
                    return second(dueAt) <= second(time)
                }
                let sorted = due.sorted { ($0.dueAt ?? time, $0.id) < ($1.dueAt ?? time, $1.id) }
                return Array(sorted.prefix(limit))
            })
        },
        PlantedTableBug(
            StockTableLaws.dueReservationsComeInOrder,
            "what is promised for good is due",
            alsoBreaks: [
                StockTableLaws.booksMove, StockTableLaws.rowsReplaceThoseOfTheirKey,
                StockTableLaws.acknowledgedWritesAreSeen, StockTableLaws.restartsKeepEverything,
                StockTableLaws.writesAreAllOrNothing,
            ]
        ) {
            finding(due: { (time, limit, base) async throws(StockTableError) in
                let due = try await base.allOpen().filter { ($0.deadline ?? .distantFuture) <= time }
                let sorted = due.sorted { ($0.deadline ?? time, $0.id) < ($1.deadline ?? time, $1.id) }
                return Array(sorted.prefix(limit))
            })
        },
        PlantedTableBug(StockTableLaws.openReservationsArePaged, "ids are compared as numbers with a sign") {
            finding(open: { (id, limit, base) async throws(StockTableError) in
                let open = try await base.allOpen().sorted {
                    Int128(bitPattern: $0.id.bits) < Int128(bitPattern: $1.id.bits)
                }
                let start = id.map { Int128(bitPattern: $0.bits) } ?? .min
                return Array(open.filter { id == nil || Int128(bitPattern: $0.id.bits) > start }.prefix(limit))
            })
        },
        PlantedTableBug(StockTableLaws.openReservationsArePaged, "a full page passes over the reservation behind it") {
            finding(open: { (id, limit, base) async throws(StockTableError) in
                let page = try await base.openReservations(after: id, limit: limit + 1)
                return id != nil && page.count > limit ? Array(page.dropFirst()) : Array(page.prefix(limit))
            })
        },
        PlantedTableBug(StockTableLaws.openReservationsArePaged, "a page begins with the id it was to begin behind") {
            finding(open: { (id, limit, base) async throws(StockTableError) in
                guard let id else { return try await base.openReservations(after: nil, limit: limit) }
                return Array(try await base.allOpen().filter { $0.id >= id }.prefix(limit))
            })
        },
        PlantedTableBug(
            StockTableLaws.waitingReservationsComeInOrder,
            "what waits comes by id",
            alsoBreaks: [StockTableLaws.booksMove]
        ) {
            finding(awaiting: { (point, limit, base) async throws(StockTableError) in
                let waiting = try await base.reservations(awaiting: point, limit: 1_000)
                return Array(waiting.sorted { $0.id < $1.id }.prefix(limit))
            })
        },
        PlantedTableBug(StockTableLaws.waitingReservationsComeInOrder, "ties are lost at the end of a page") {
            finding(awaiting: { (point, limit, base) async throws(StockTableError) in
                let waiting = try await base.reservations(awaiting: point, limit: limit + 1)
                guard waiting.count > limit, waiting[limit].reservedAt == waiting[limit - 1].reservedAt else {
                    return Array(waiting.prefix(limit))
                }
                return Array(waiting.prefix(limit - 1)) + [waiting[limit]]
            })
        },
        PlantedTableBug(
            StockTableLaws.waitingReservationsComeInOrder,
            "what waits anywhere for a SKU waits everywhere",
            alsoBreaks: [
                StockTableLaws.booksMove, StockTableLaws.rowsReplaceThoseOfTheirKey, StockTableLaws.keysAreBytes,
                StockTableLaws.acknowledgedWritesAreSeen, StockTableLaws.restartsKeepEverything,
                StockTableLaws.writesAreAllOrNothing,
            ]
        ) {
            finding(awaiting: { (point, limit, base) async throws(StockTableError) in
                let waiting = try await base.allOpen().filter { $0.awaitedPoints.contains { $0.sku == point.sku } }
                return Array(waiting.sorted { ($0.reservedAt, $0.id) < ($1.reservedAt, $1.id) }.prefix(limit))
            })
        },
        PlantedTableBug(
            StockTableLaws.booksMove,
            "what waited once is found under its point for ever",
            alsoBreaks: [
                StockTableLaws.rowsReplaceThoseOfTheirKey, StockTableLaws.acknowledgedWritesAreSeen,
                StockTableLaws.restartsKeepEverything, StockTableLaws.writesAreAllOrNothing,
            ]
        ) {
            let points = Shared<[ReservationID: Set<StockPoint>]>([:])
            var table = AlteredStockTable()
            table.onWrite = { (write, base) async throws(StockTableError) in
                try await base.write(write)
                for book in write.reservations {
                    points.withLock { $0[book.id, default: []].formUnion(book.awaitedPoints) }
                }
            }
            table.onAwaiting = { (point, limit, base) async throws(StockTableError) in
                let waiting = try await base.allOpen().filter { book in
                    points.withLock { $0[book.id]?.contains(point) ?? false }
                }
                return Array(waiting.sorted { ($0.reservedAt, $0.id) < ($1.reservedAt, $1.id) }.prefix(limit))
            }
            return table
        },
    ]
}
