import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

extension StockTableLaws {
    static let reads = [acknowledgedWritesAreSeen, rowsAreNoOlderThanFences, restartsKeepEverything]

    /// A read sees every write that was answered before.
    public static let acknowledgedWritesAreSeen = StockTableLaw(
        "read.acknowledged",
        "Reads and queries, on every connection, see every write that was answered before they were asked for."
    ) { probe in
        let others = [probe.table, try await probe.connect(as: "2"), try await probe.connect(as: "3")]
        for number in 1...6 {
            // What is read now must not be what is answered later.
            for table in others { _ = try await StockTableScene.view(of: table) }
            try await others[number % 3].write(try await StockTableScene.write(number))
            for table in others {
                try await StockTableScene.demand(number, of: table, "everything after write \(number)")
            }
        }
        let movements = (1...6).flatMap { StockTableScene.movements($0) }
        for table in others { try await probe.demand(movements, of: table, "the movements") }
    }

    /// A fence never vouches for rows that were read before it.
    public static let rowsAreNoOlderThanFences = StockTableLaw(
        "read.one-moment",
        "While others write, the rows of a read are of one moment, or none of them is older than the fences."
    ) { probe in
        let reader = try await probe.connect(as: "2")
        let book = try await ReservationSample(1).book
        let writer = LawCall {
            for number in 1...120 {
                var write = StockTableWrite(fences: StockTableScene.fences(number))
                write.levels = StockTableScene.points.map { StockLevelRow($0, StockDeltas(onHand: Int64(number))) }
                write.items = (["a", "b"] as [SKU]).map {
                    let units = Int64(number)
                    return StockItemRow(
                        sku: $0,
                        terms: SaleTerms(),
                        limitGeneration: units,
                        lastLimitGeneration: units,
                        locations: []
                    )
                }
                write.reservations = [book]
                try await probe.table.write(write)
                await Task.yield()
            }
        }
        var count = 0
        while !writer.isOver || count < 10 {
            count += 1
            let rows = try await reader.read(StockTableScene.query)
            let numbers = rows.levels.values.map(\.units.onHand) + rows.items.values.map(\.limitGeneration)
            let tokens = StockTableScene.keys.map { Int64(rows.fences[$0]?.value ?? 0) }
            let isWhole = numbers.isEmpty ? tokens.max() == 0 : numbers.count == 5
            let oldest = numbers.min() ?? 0
            try LawBreach.unless(
                isWhole && (tokens.max() ?? 0) <= oldest || tokens.max() == 0,
                "rows of one moment, or no older than the fences, which are at \(tokens)",
                found: "rows of the writes \(numbers)"
            )
            await Task.yield()
        }
        _ = try await writer.end("an end of all writes")
    }

    /// What was acknowledged outlives every process.
    public static let restartsKeepEverything = StockTableLaw(
        "read.restarted",
        "After a restart everything that was acknowledged is there: rows, fences, what they are found by, and movements, "
            + "of which a reader goes on from its cursor."
    ) { probe in
        for number in 1...3 { try await probe.table.write(try await StockTableScene.write(number)) }
        let first = (1...3).flatMap { StockTableScene.movements($0) }
        let cursor = try await probe.demand(first, "the movements")
        let table = try await probe.restart()
        try await StockTableScene.demand(3, of: table, "everything as before the restart")
        for seen in [0, 2] {
            let stale = StockTableWrite(fences: StockTableScene.fences(9, seen: seen))
            try await probe.refuse(stale, for: "law:a", "law:b", "law:c", by: table)
        }
        try await table.write(try await StockTableScene.write(4))
        try await StockTableScene.demand(4, of: table, "everything after the next write")
        let next = StockTableScene.movements(4)
        try await probe.demand(next, of: table, after: cursor, "the movements after the restart")
        try await probe.demand(first + next, of: table, "all movements")
    }
}
