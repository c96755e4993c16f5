import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage
import MarketplaceTestKit

extension PlantedTableBugs {
    /// A table whose pages of movements are changed before they are returned.
    private static func paging(_ movements: @escaping AlteredStockTable.Movements) -> AlteredStockTable {
        var table = AlteredStockTable()
        table.onMovements = movements
        return table
    }

    static let movements = [
        PlantedTableBug(StockTableLaws.movementsArePaged, "movements come by their times") {
            paging { (cursor, limit, base) async throws(StockTableError) in
                let all = try await base.movements(after: .start, limit: .max).movements
                let sorted = all.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
                let start = min(Int(cursor.marks.first ?? 0), all.count)
                let page = sorted[start...].prefix(limit).map(\.element)
                let next = MovementCursor(marks: [UInt64(start + page.count)])
                return MovementSlice(movements: page, next: next, missedCount: 0)
            }
        },
        PlantedTableBug(
            StockTableLaws.movementsArePaged,
            "the cursor of a full page of two passes over one",
            alsoBreaks: [StockTableLaws.noMovementComesLate]
        ) {
            paging { (cursor, limit, base) async throws(StockTableError) in
                let slice = try await base.movements(after: cursor, limit: limit)
                guard limit == 2, slice.movements.count == limit else { return slice }
                let next = try await base.movements(after: cursor, limit: limit + 1).next
                return MovementSlice(movements: slice.movements, next: next, missedCount: 0)
            }
        },
        PlantedTableBug(
            StockTableLaws.movementsArePaged,
            "a page has one movement more than it was asked for",
            alsoBreaks: StockTableLaws.all.filter { law in
                [
                    "read.acknowledged", "read.restarted", "write.all-or-nothing", "write.many", "write.cancelled",
                    "fence.at-once", "movement.no-late-arrivals", "forget.ended",
                ].contains(law.name)
            }
        ) {
            paging { (cursor, limit, base) async throws(StockTableError) in
                try await base.movements(after: cursor, limit: limit + 1)
            }
        },
        PlantedTableBug(
            StockTableLaws.movementsArePaged,
            "the location of a movement is not kept",
            alsoBreaks: StockTableLaws.all.filter { law in
                [
                    "read.acknowledged", "read.restarted", "write.all-or-nothing", "write.many", "fence.at-once",
                    "forget.ended",
                ].contains(law.name)
            }
        ) {
            writing { write in
                write.movements = write.movements.map { movement in
                    StockMovement(
                        id: movement.id,
                        sku: movement.sku,
                        kind: movement.kind,
                        deltas: movement.deltas,
                        reservation: movement.reservation,
                        reference: movement.reference,
                        time: movement.time
                    )
                }
            }
        },
        PlantedTableBug(
            StockTableLaws.noMovementComesLate,
            "movements are numbered before the commit and seen after it",
            alsoBreaks: [StockTableLaws.oneOfManyIsApplied]
        ) {
            numberingEarly { first in for _ in 0..<(first % 8) { await Task.yield() } }
        },
        PlantedTableBug(
            StockTableLaws.noMovementComesLate,
            "the movements of a write come in the order of their ids",
            alsoBreaks: [
                StockTableLaws.movementsArePaged, StockTableLaws.acknowledgedWritesAreSeen,
                StockTableLaws.restartsKeepEverything, StockTableLaws.writesAreAllOrNothing, StockTableLaws.manyRowsFit,
                StockTableLaws.whatEndedIsForgotten,
            ]
        ) {
            writing { $0.movements.sort { $0.id > $1.id } }
        },
    ]

    static let forgetting = [
        PlantedTableBug(
            StockTableLaws.whatEndedIsForgotten,
            "what is overdue is forgotten as if it had ended",
            make: { hiding { book, time in (book.endedAt ?? book.dueAt ?? .distantFuture) <= time } }
        ),
        PlantedTableBug(
            StockTableLaws.whatEndedIsForgotten,
            "what ended at the very time is kept",
            alsoBreaks: [StockTableLaws.usedIDsAreKept]
        ) {
            var table = AlteredStockTable()
            table.onForget = { (time, limit, base) async throws(StockTableError) in
                try await base.forget(endedBy: time.advanced(by: .microseconds(-1)), limit: limit)
            }
            return table
        },
        PlantedTableBug(StockTableLaws.whatEndedIsForgotten, "the limit of what is forgotten is not kept") {
            var table = AlteredStockTable()
            table.onForget = { (time, _, base) async throws(StockTableError) in
                try await base.forget(endedBy: time, limit: .max)
            }
            return table
        },
        PlantedTableBug(
            StockTableLaws.usedIDsAreKept,
            "an id is forgotten by its first end",
            alsoBreaks: [StockTableLaws.usedIDsAreKeptAtOnce]
        ) {
            let ends = Shared<[ReservationID: Timestamp]>([:])
            return hiding(
                { book, time in ends.withLock { $0[book.id] }.map { $0 <= time } ?? false },
                onWrite: { book in
                    guard let endedAt = book.endedAt else { return }
                    ends.withLock { if $0[book.id] == nil { $0[book.id] = endedAt } }
                }
            )
        },
        PlantedTableBug(
            StockTableLaws.usedIDsAreKeptAtOnce,
            "what has ended is looked up first and deleted by id later"
        ) {
            hiding(pause: 4) { book, time in book.endedAt.map { $0 <= time } ?? false }
        },
    ]

    /// A table that hides what it forgets, by the id; what is written after it has looked is hidden too.
    private static func hiding(
        pause: Int = 0,
        _ isForgotten: @escaping @Sendable (ReservationBook, Timestamp) -> Bool,
        onWrite: @escaping @Sendable (ReservationBook) -> Void = { _ in }
    ) -> AlteredStockTable {
        let hidden = Shared<Set<ReservationID>>([])
        let known = Shared<[ReservationID: ReservationBook]>([:])
        var table = AlteredStockTable()
        table.onWrite = { (write, base) async throws(StockTableError) in
            try await base.write(write)
            for book in write.reservations {
                onWrite(book)
                known.withLock { $0[book.id] = book }
                hidden.withLock { _ = $0.remove(book.id) }
            }
        }
        table.onForget = { (time, limit, base) async throws(StockTableError) in
            let visible = known.withLock { $0 }.filter { id, _ in !hidden.withLock { $0.contains(id) } }
            let ended = visible.values.filter { isForgotten($0, time) }.map(\.id).sorted().prefix(limit)
            for _ in 0..<pause { await Task.yield() }
            hidden.withLock { $0.formUnion(ended) }
            // Recorded changes are forgotten as they should be.
            try await base.forget(endedBy: time, limit: limit)
        }
        table.onRead = { (query, base) async throws(StockTableError) in
            var rows = try await base.read(query)
            let books = known.withLock { $0 }
            for id in query.reservations {
                rows.reservations[id] = hidden.withLock { $0.contains(id) } ? nil : books[id]
            }
            return rows
        }
        table.onOpen = { (id, limit, base) async throws(StockTableError) in
            let open = try await base.allOpen().filter { book in
                (id.map { $0 < book.id } ?? true) && !hidden.withLock { $0.contains(book.id) }
            }
            return Array(open.prefix(limit))
        }
        return table
    }

    /// A table that numbers movements first and shows them after a pause, which is told the first number.
    static func numberingEarly(_ pause: @escaping @Sendable (Int) async -> Void) -> AlteredStockTable {
        let sequence = Shared<(last: UInt64, committed: [UInt64: StockMovement])>((0, [:]))
        var table = AlteredStockTable()
        table.onWrite = { (write, base) async throws(StockTableError) in
            let numbered = sequence.withLock { sequence in
                write.movements.map { movement in
                    sequence.last += 1
                    return (sequence.last, movement)
                }
            }
            await pause(Int(numbered.first?.0 ?? 0))
            try await base.write(write)
            sequence.withLock { sequence in
                for (number, movement) in numbered { sequence.committed[number] = movement }
            }
        }
        table.onMovements = { (cursor, limit, _) async throws(StockTableError) in
            let after = cursor.marks.first ?? 0
            let rows = sequence.withLock { $0.committed }.filter { $0.key > after }.sorted { $0.key < $1.key }
            let page = rows.prefix(limit)
            let next = MovementCursor(marks: [page.last?.key ?? after])
            return MovementSlice(movements: page.map(\.value), next: next, missedCount: 0)
        }
        return table
    }
}
