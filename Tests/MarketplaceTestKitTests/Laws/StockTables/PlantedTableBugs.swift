import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage
import MarketplaceTestKit

/// The planted bugs, at least one for each law of tables.
enum PlantedTableBugs {
    static let all = rows + reads + writes + fences + queries + movements + forgetting

    /// A table that reads other rows than there are.
    static func reading(_ change: @escaping @Sendable (inout StockTableRows, StockTableQuery) -> Void)
        -> AlteredStockTable
    {
        var table = AlteredStockTable()
        table.onRead = { (query, base) async throws(StockTableError) in
            var rows = try await base.read(query)
            change(&rows, query)
            return rows
        }
        return table
    }

    /// A table that writes something else than it was given.
    static func writing(_ change: @escaping @Sendable (inout StockTableWrite) -> Void) -> AlteredStockTable {
        var table = AlteredStockTable()
        table.onWrite = { (write, base) async throws(StockTableError) in
            var changed = write
            change(&changed)
            try await base.write(changed)
        }
        return table
    }

    // MARK: - Rows

    private static let rows = [
        PlantedTableBug(StockTableLaws.missingRowsAreMissing, "a level that does not exist is there and zero") {
            reading { rows, query in
                for point in query.points where rows.levels[point] == nil { rows.levels[point] = StockLevelRow(point) }
            }
        },
        PlantedTableBug(
            StockTableLaws.missingRowsAreMissing,
            "a fence that nobody wrote is at 0",
            alsoBreaks: [
                StockTableLaws.fencesCompareWhatWasSeen, StockTableLaws.writesAreAllOrNothing,
                StockTableLaws.rowsReplaceThoseOfTheirKey, StockTableLaws.acknowledgedWritesAreSeen,
                StockTableLaws.cancelledWritesAreWhole, StockTableLaws.oneOfManyIsApplied,
                StockTableLaws.noUpdateIsLost, StockTableLaws.restartsKeepEverything, StockTableLaws.fencesAreKept,
                StockTableLaws.whatEndedIsForgotten,
            ]
        ) {
            reading { rows, query in
                for key in query.fences where rows.fences[key] == nil { rows.fences[key] = FencingToken(0) }
            }
        },
        PlantedTableBug(
            StockTableLaws.rowsReplaceThoseOfTheirKey,
            "a second write of a count is passed over",
            alsoBreaks: [
                StockTableLaws.acknowledgedWritesAreSeen, StockTableLaws.restartsKeepEverything,
                StockTableLaws.writesAreAllOrNothing,
            ]
        ) {
            var table = AlteredStockTable()
            table.onWrite = { (write, base) async throws(StockTableError) in
                let known = try await base.read(StockTableQuery(counts: write.counts.map(\.key))).counts
                var changed = write
                changed.counts.removeAll { known[$0.key] != nil }
                try await base.write(changed)
            }
            return table
        },
        PlantedTableBug(
            StockTableLaws.rowsReplaceThoseOfTheirKey,
            "the damaged units have no column",
            alsoBreaks: [
                StockTableLaws.acknowledgedWritesAreSeen, StockTableLaws.restartsKeepEverything,
                StockTableLaws.writesAreAllOrNothing, StockTableLaws.whatEndedIsForgotten,
            ]
        ) {
            writing { write in
                write.levels = write.levels.map { row in
                    var units = row.units
                    units.damaged = 0
                    return StockLevelRow(row.point, units)
                }
            }
        },
        PlantedTableBug(StockTableLaws.keysAreBytes, "the case of members does not count") {
            let key: @Sendable (MemberCountKey) -> MemberCountKey = { key in
                MemberCountKey(key.sku, MemberKey(stringLiteral: key.member.text.lowercased()))
            }
            return folding(counts: key)
        },
        PlantedTableBug(StockTableLaws.keysAreBytes, "letters are composed where waiting reservations are found") {
            var table = AlteredStockTable()
            table.onAwaiting = { (point, limit, base) async throws(StockTableError) in
                // Strings are equal when their letters are, however they are composed.
                let waiting = try await base.allOpen().filter { book in
                    book.awaitedPoints.contains {
                        $0.sku.text == point.sku.text && $0.location.text == point.location.text
                    }
                }
                return Array(waiting.sorted { ($0.reservedAt, $0.id) < ($1.reservedAt, $1.id) }.prefix(limit))
            }
            return table
        },
        PlantedTableBug(StockTableLaws.longestKeysFit, "members are cut to 150 bytes") {
            folding { key in
                MemberCountKey(key.sku, MemberKey(stringLiteral: String(key.member.text.prefix(150))))
            }
        },
    ]

    /// A table that takes some keys of counts for others.
    private static func folding(counts fold: @escaping @Sendable (MemberCountKey) -> MemberCountKey)
        -> AlteredStockTable
    {
        var table = writing { write in
            write.counts = write.counts.map { row in
                MemberCountRow(fold(row.key), limitGeneration: row.limitGeneration, units: row.units)
            }
        }
        table.onRead = { (query, base) async throws(StockTableError) in
            var folded = query
            folded.counts = query.counts.map(fold)
            var rows = try await base.read(folded)
            let found = rows.counts
            rows.counts = [:]
            for key in query.counts {
                guard let row = found[fold(key)] else { continue }
                rows.counts[key] = MemberCountRow(key, limitGeneration: row.limitGeneration, units: row.units)
            }
            return rows
        }
        return table
    }

    // MARK: - Reads

    private static let reads = [
        PlantedTableBug(
            StockTableLaws.acknowledgedWritesAreSeen,
            "the second connection reads from a copy that lags one write behind",
            alsoBreaks: [
                StockTableLaws.successorsDoNotBothWrite, StockTableLaws.usedIDsAreKeptAtOnce,
                StockTableLaws.noUpdateIsLost, StockTableLaws.rowsAreNoOlderThanFences,
                StockTableLaws.restartsKeepEverything,
            ],
            connecting: { lagging }
        ),
        PlantedTableBug(
            StockTableLaws.acknowledgedWritesAreSeen,
            "what is due is cached by each connection until it writes",
            alsoBreaks: [StockTableLaws.dueReservationsComeInOrder],
            connecting: {
                let base = InMemoryStockTable()
                return { cachingDue(base) }
            }
        ),
        PlantedTableBug(
            StockTableLaws.rowsAreNoOlderThanFences,
            "the fences are read last",
            alsoBreaks: [StockTableLaws.noUpdateIsLost]
        ) {
            var table = AlteredStockTable()
            table.onRead = { (query, base) async throws(StockTableError) in
                var others = query
                others.fences = []
                var rows = try await base.read(others)
                for _ in 0..<5 { await Task.yield() }
                rows.fences = try await base.read(StockTableQuery(fences: query.fences)).fences
                return rows
            }
            return table
        },
        PlantedTableBug(
            StockTableLaws.restartsKeepEverything,
            "everything was in memory",
            restart: { InMemoryStockTable() },
            make: { InMemoryStockTable() }
        ),
    ]

    private static var lagging: @Sendable () -> any StockTable {
        let base = InMemoryStockTable()
        let connections = Shared(0)
        let copy = InMemoryStockTable()
        let rest = Shared<[StockTableWrite]>([])
        return {
            let isFirst = connections.withLock { count in
                count += 1
                return count == 1
            }
            var table = AlteredStockTable(on: base)
            table.onWrite = { (write, base) async throws(StockTableError) in
                try await base.write(write)
                let late = rest.withLock { rest in
                    rest.append(write)
                    return rest.count > 1 ? rest.removeFirst() : nil
                }
                if let late { try await copy.force(late) }
            }
            table.onRead = { (query, base) async throws(StockTableError) in
                try await (isFirst ? base : copy).read(query)
            }
            return table
        }
    }

    private static func cachingDue(_ base: InMemoryStockTable) -> any StockTable {
        let cache = Shared<[Timestamp: [ReservationBook]]>([:])
        var table = AlteredStockTable(on: base)
        table.onDue = { (time, limit, base) async throws(StockTableError) in
            if let known = cache.withLock({ $0[time] }) { return known }
            let found = try await base.reservations(dueBy: time, limit: limit)
            cache.withLock { $0[time] = found }
            return found
        }
        table.onWrite = { (write, base) async throws(StockTableError) in
            try await base.write(write)
            cache.withLock { $0 = [:] }
        }
        return table
    }
}
