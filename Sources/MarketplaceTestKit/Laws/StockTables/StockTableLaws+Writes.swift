import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

extension StockTableLaws {
    static let writes = [writesAreAllOrNothing, manyRowsFit, cancelledWritesAreWhole]

    /// A write with a stale fence writes nothing.
    public static let writesAreAllOrNothing = StockTableLaw(
        "write.all-or-nothing",
        "A write with a stale fence among several, whichever it is, writes nothing: no row, no other fence, nothing to "
            + "find a row by, no movement; and it names the fence."
    ) { probe in
        try await probe.table.write(try await StockTableScene.write(1))
        for stale in StockTableScene.keys.indices {
            for seen in [nil, FencingToken(7)] {
                var write = try await StockTableScene.write(2)
                let key = StockTableScene.keys[stale]
                write.fences[stale] = StockFence(key, seen: seen, token: .init(9))
                try await probe.refuse(write, for: key)
                try await StockTableScene.demand(1, of: probe.table, "everything as before the refused write")
            }
        }
        var new = try await StockTableScene.write(2)
        new.fences.append(StockFence("law:d", seen: .init(1), token: .init(2)))
        try await probe.refuse(new, for: "law:d")
        try await StockTableScene.demand(1, of: probe.table, "everything as before the write of an unknown fence")
        try await probe.table.write(try await StockTableScene.write(2))
        try await StockTableScene.demand(2, of: probe.table, "everything after the write that saw what there is")
        let movements = StockTableScene.movements(1) + StockTableScene.movements(2)
        try await probe.demand(movements, "the movements of the two writes that were applied")
    }

    /// The largest writes and reads there are.
    public static let manyRowsFit = StockTableLaw(
        "write.many",
        "A write of 1,000 SKUs with all their rows, a reservation of as many lines and a fence for each is applied and "
            + "read as a whole, and refused as a whole."
    ) { probe in
        let count = InventoryLimits.linesPerReservation
        let skus = (0..<count).map { SKU(unchecked: "law-\(10_000 + $0)") }
        var rows = StockTableRows()
        for sku in skus {
            rows.fences[FenceKey(unchecked: "law:\(sku)")] = .init(1)
            let point = StockPoint(sku)
            let key = MemberCountKey(sku, "ann")
            rows.items[sku] = StockItemRow(
                sku: sku,
                terms: SaleTerms(),
                limitGeneration: 0,
                lastLimitGeneration: 0,
                locations: [.main]
            )
            rows.levels[point] = StockLevelRow(point, StockDeltas(onHand: 1))
            rows.counts[key] = MemberCountRow(key, limitGeneration: 0, units: 1)
        }
        let book = try await ReservationSample(1, .awaiting, of: skus.map { StockPoint($0) }).book
        rows.reservations[book.id] = book
        rows.fences["law#1"] = .init(1)
        let query = StockTableQuery(
            fences: rows.fences.keys.sorted(),
            skus: skus,
            points: rows.levels.keys.sorted(),
            counts: rows.counts.keys.sorted(),
            reservations: [book.id]
        )
        var write = StockTableWrite(
            fences: query.fences.map { StockFence($0, seen: nil, token: .init(1)) },
            items: skus.compactMap { rows.items[$0] },
            levels: query.points.compactMap { rows.levels[$0] },
            counts: query.counts.compactMap { rows.counts[$0] },
            reservations: [book],
            movements: (0..<count).map { StockTableProbe.movement($0) }
        )
        try await probe.table.write(write)
        try await probe.demand(rows, query, "all rows")
        try await probe.demand(write.movements, limit: count, "all movements")
        let last = try await probe.table.reservations(awaiting: StockPoint(skus[count - 1]), limit: 2).map(\.id)
        try LawBreach.unlessEqual(last, [book.id], "what waits at the last point")
        write.fences = query.fences.map { StockFence($0, seen: .init(1), token: .init(2)) }
        write.fences[count] = StockFence(query.fences[count], seen: nil, token: .init(2))
        write.levels = write.levels.map { StockLevelRow($0.point, StockDeltas(onHand: 2)) }
        try await probe.refuse(write, for: query.fences[count])
        try await probe.demand(rows, query, "all rows as before the refused write")
    }

    /// A write that is cancelled is whole, and its outcome true.
    public static let cancelledWritesAreWhole = StockTableLaw(
        "write.cancelled",
        "A write that is cancelled at any moment is applied as a whole or not at all, as its outcome says, now and later; "
            + "writes beside it and after it succeed."
    ) { probe in
        var outcomes: [Int: EffectOutcome?] = [:]
        for number in 0..<60 {
            let call = LawCall { try await probe.table.write(cancelled(number)) }
            if number >= 10 { for _ in 0..<(number % 20) { await Task.yield() } }
            call.cancel()
            let other = StockTableWrite(levels: [StockTableProbe.level("other", number)])
            try await probe.table.write(other)
            do {
                try await call.end("an end of a cancelled write")
                outcomes[number] = .some(nil)
            } catch let error as StockTableError {
                if case .staleFence = error {
                    throw LawBreach(expected: "an outcome of a cancelled write whose fence is good", found: "\(error)")
                }
                outcomes[number] = error.effect
            }
        }
        var applied = 0
        for (number, outcome) in outcomes.sorted(by: { $0.key < $1.key }) {
            let write = cancelled(number)
            let rows = try await probe.table.read(
                StockTableQuery(fences: write.fences.map(\.key), points: write.levels.map(\.point))
            )
            let isApplied = rows.levels.count == 1
            if isApplied { applied += 1 }
            try LawBreach.unless(
                (rows.fences.count == 1) == isApplied,
                "all of write \(number) or nothing",
                found: rows.summary
            )
            let isTrue = outcome == .unknown || isApplied == (outcome == nil)
            let said = outcome.map { "\($0)" } ?? "applied"
            try LawBreach.unless(isTrue, "write \(number), as it said: \(said)", found: rows.summary)
        }
        let movements = try await probe.movements(count: applied).movements.count
        try LawBreach.unlessEqual(movements, applied, "the movements of the writes that were applied")
    }

    private static func cancelled(_ number: Int) -> StockTableWrite {
        StockTableWrite(
            fences: [StockFence(FenceKey(unchecked: "law:\(number)"), seen: nil, token: .init(1))],
            levels: [StockTableProbe.level(SKU(unchecked: "law-\(number)"), 1)],
            movements: [StockTableProbe.movement(number)]
        )
    }
}
