import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

/// Writes of everything a table keeps, numbered from 1, each of which changes all that the one before has written.
enum StockTableScene {
    /// All that is found of it, but the movements.
    struct View: Equatable {
        var rows: StockTableRows
        var due: [ReservationBook]
        var open: [ReservationBook]
        var awaiting: [ReservationBook]
    }

    static let keys: [FenceKey] = ["law:a", "law:b", "law:c"]
    static let points = [StockPoint("a"), StockPoint("a", at: "depot"), StockPoint("b")]
    private static let count = MemberCountKey("a", "ann")

    /// All the rows there are.
    static let query = StockTableQuery(
        fences: keys,
        skus: ["a", "b"],
        points: points,
        counts: [count],
        reservations: (1...4).map { ReservationID(bits: $0) },
        changes: [MovementID(bits: 1)]
    )

    /// The fences of a write, by the number of the write that was seen.
    static func fences(_ number: Int, seen: Int? = nil) -> [StockFence] {
        let seen = seen ?? number - 1
        let token = seen == 0 ? nil : FencingToken(UInt64(seen))
        return keys.map { StockFence($0, seen: token, token: FencingToken(UInt64(number))) }
    }

    /// The write of a number, made when the one before it was seen.
    ///
    /// One reservation in turn is held and ends, one waits at points in turn, one is moved in time, one ends later.
    static func write(_ number: Int) async throws -> StockTableWrite {
        let (units, now) = (Int64(number), StockTableProbe.time(Int64(number)))
        let isOdd = !number.isMultiple(of: 2)
        let samples = [
            ReservationSample(1, isOdd ? .held : .released(now), of: [points[0]], at: now),
            ReservationSample(
                2,
                isOdd ? .awaiting : .owed,
                of: [points[isOdd ? 0 : 2]],
                at: now,
                until: StockTableProbe.time(3_000)
            ),
            ReservationSample(3, .held, of: points, at: now, until: StockTableProbe.time(2_000 - units)),
            ReservationSample(4, .shipped(now), of: [points[1]], at: StockTableProbe.time(0)),
        ]
        return StockTableWrite(
            fences: fences(number),
            items: ["a", "b"].map { sku in
                StockItemRow(
                    sku: sku,
                    terms: SaleTerms(opensAt: now, safetyStock: SafetyStock(units)),
                    limitGeneration: units,
                    lastLimitGeneration: units,
                    locations: isOdd ? [.main] : ["depot", .main]
                )
            },
            levels: points.map { StockLevelRow($0, StockDeltas(onHand: units, damaged: -units)) },
            counts: [MemberCountRow(count, limitGeneration: 1, units: units)],
            reservations: try await samples.books,
            changes: [
                RecordedChangeRow(id: MovementID(bits: 1), point: points[0], action: .announcement(units), time: now)
            ],
            movements: movements(number)
        )
    }

    /// The movements of a write.
    static func movements(_ number: Int) -> [StockMovement] {
        [StockTableProbe.movement(2 * number), StockTableProbe.movement(2 * number + 1)]
    }

    /// What is found in a table.
    static func view(of table: any StockTable) async throws -> View {
        var awaiting: [ReservationBook] = []
        for point in points { awaiting += try await table.reservations(awaiting: point, limit: 10) }
        return View(
            rows: try await table.read(query),
            due: try await table.reservations(dueBy: StockTableProbe.time(5_000), limit: 10),
            open: try await table.openReservations(after: nil, limit: 10),
            awaiting: awaiting
        )
    }

    /// What must be found after the write of a number, given those before it; before the first one, nothing.
    static func view(after number: Int) async throws -> View {
        let table = InMemoryStockTable()
        if number > 0 {
            var write = try await write(number)
            write.fences = fences(number, seen: 0)
            try await table.write(write)
        }
        return try await view(of: table)
    }

    /// Demands that a table is as it must be after the write of a number.
    static func demand(_ number: Int, of table: any StockTable, _ what: String) async throws {
        let (found, expected) = (try await view(of: table), try await view(after: number))
        try LawBreach.unless(
            found.rows == expected.rows,
            "\(what): \(expected.rows.summary)",
            found: found.rows.summary
        )
        try LawBreach.unlessEqual(found.due.map(\.id), expected.due.map(\.id), "\(what): what is due")
        try LawBreach.unlessEqual(found.open.map(\.id), expected.open.map(\.id), "\(what): what is open")
        try LawBreach.unlessEqual(found.awaiting.map(\.id), expected.awaiting.map(\.id), "\(what): what waits")
        try LawBreach.unless(found == expected, "\(what): the books that were written", found: "others")
    }
}
