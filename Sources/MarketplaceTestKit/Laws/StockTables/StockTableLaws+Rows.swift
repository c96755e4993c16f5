import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

extension StockTableLaws {
    static let rows = [missingRowsAreMissing, rowsReplaceThoseOfTheirKey, keysAreBytes, longestKeysFit]

    /// What is not there is missing in the answer.
    public static let missingRowsAreMissing = StockTableLaw(
        "row.missing",
        "Rows that do not exist are missing in the answer, of every kind, whatever else there is."
    ) { probe in
        let query = StockTableScene.query
        try await probe.demand(StockTableRows(), StockTableQuery(), "nothing, when nothing is asked for")
        try await probe.demand(StockTableRows(), query, "nothing, in an empty table")
        try await probe.table.write(
            StockTableWrite(
                fences: [StockFence("law:b", seen: nil, token: .init(1))],
                levels: [StockLevelRow(StockTableScene.points[1])],
                reservations: [try await ReservationSample(2).book]
            )
        )
        let expected = StockTableRows(
            fences: ["law:b": .init(1)],
            levels: [StockTableScene.points[1]: StockLevelRow(StockTableScene.points[1])],
            reservations: [ReservationID(bits: 2): try await ReservationSample(2).book]
        )
        try await probe.demand(expected, query, "the rows that were written, and no others")
    }

    /// A row takes the place of the one before it.
    public static let rowsReplaceThoseOfTheirKey = StockTableLaw(
        "row.replaced",
        "A row is read as it was written, until another one of its key takes its place; all other rows stay."
    ) { probe in
        let all = StockDeltas(onHand: 1, held: -2, allocated: 3, backordered: -4, incoming: 5, damaged: 6)
        let large = InventoryLimits.unitsOnHand
        let other = StockLevelRow(StockPoint("other"), all)
        try await probe.table.write(StockTableWrite(levels: [other]))
        for units in [all, StockDeltas(onHand: large, held: -large, incoming: .max, damaged: .min), StockDeltas()] {
            let level = StockLevelRow(StockPoint("law", at: "depot"), units)
            try await probe.table.write(StockTableWrite(levels: [level]))
            let query = StockTableQuery(points: [other.point, level.point])
            let expected = StockTableRows(levels: [other.point: other, level.point: level])
            try await probe.demand(expected, query, "the levels")
        }
        for number in 1...3 {
            try await probe.table.write(try await StockTableScene.write(number))
            try await StockTableScene.demand(number, of: probe.table, "the rows of write \(number)")
        }
        let found = try await probe.table.read(StockTableQuery(points: [other.point])).levels
        try LawBreach.unlessEqual(found, [other.point: other], "a level that nobody has written since")
        try await actionsAreKept(probe)
    }

    private static func actionsAreKept(_ probe: StockTableProbe) async throws {
        let one = Quantity.one
        let actions: [StockAction] = [
            .restock(one), .arrival(one), .announcement(-7), .adjustment(-3), .customerReturn(one), .damagedReturn(one),
            .damage(one), .disposal(one), .transfer(one, to: "depot"),
        ]
        var rows = StockTableRows()
        for (number, action) in actions.enumerated() {
            let id = MovementID(bits: UInt128.max - UInt128(number))
            let time = StockTableProbe.time(Int64(number))
            rows.changes[id] = RecordedChangeRow(id: id, point: StockPoint("law"), action: action, time: time)
        }
        let ids = rows.changes.keys.sorted()
        try await probe.table.write(StockTableWrite(changes: ids.compactMap { rows.changes[$0] }))
        try await probe.demand(rows, StockTableQuery(changes: ids), "changes of every kind")
    }

    /// Keys are compared as bytes.
    public static let keysAreBytes = StockTableLaw(
        "row.bytes",
        "Keys are compared as bytes: composed and decomposed letters, cases and blanks make other rows, of every kind, "
            + "and other points that are waited for."
    ) { probe in
        try await keysAreApart(["\u{e9}", "e\u{301}", "e", "E", "e ", " e", "\u{212B}", "\u{c5}"], probe)
    }

    /// The longest keys are kept whole.
    public static let longestKeysFit = StockTableLaw(
        "row.longest",
        "Keys of the most bytes are kept whole: those that differ in the last byte only are different."
    ) { probe in
        let (sku, place) = (InventoryLimits.skuBytes - 1, InventoryLimits.locationBytes - 1)
        var rows = StockTableRows()
        for (number, end) in ["a", "b"].enumerated() {
            let key = FenceKey(unchecked: String(repeating: "k", count: FenceKey.maximumLength - 1) + end)
            let long = SKU(unchecked: String(repeating: "s", count: sku) + end)
            let location = LocationKey(unchecked: String(repeating: "l", count: place) + end)
            let member = MemberKey(unchecked: String(repeating: "m", count: InventoryLimits.memberBytes - 1) + end)
            let units = Int64(number)
            rows.fences[key] = FencingToken(UInt64(number) + 1)
            for point in [StockPoint(long), StockPoint("law", at: location), StockPoint(long, at: location)] {
                rows.levels[point] = StockLevelRow(point, StockDeltas(onHand: units))
            }
            for count in [MemberCountKey(long, "ann"), MemberCountKey("law", member), MemberCountKey(long, member)] {
                rows.counts[count] = MemberCountRow(count, limitGeneration: 0, units: units)
            }
        }
        try await probe.table.write(
            StockTableWrite(
                fences: rows.fences.sorted { $0.key < $1.key }.map { StockFence($0.key, seen: nil, token: $0.value) },
                levels: rows.levels.values.sorted { $0.point < $1.point },
                counts: rows.counts.values.sorted { $0.key < $1.key }
            )
        )
        let query = StockTableQuery(
            fences: rows.fences.keys.sorted(),
            points: rows.levels.keys.sorted(),
            counts: rows.counts.keys.sorted()
        )
        try await probe.demand(rows, query, "rows of the longest keys")
    }

    private static func keysAreApart(_ texts: [String], _ probe: StockTableProbe) async throws {
        var rows = StockTableRows()
        var points: [StockPoint] = []
        for (number, text) in texts.enumerated() {
            let (fence, sku): (FenceKey, SKU) = (FenceKey(unchecked: text), SKU(unchecked: text))
            // The SKU differs, then the location, then the member.
            let level = StockLevelRow(StockPoint(sku), StockDeltas(onHand: Int64(number)))
            let place = StockLevelRow(
                StockPoint("law", at: LocationKey(unchecked: text)),
                StockDeltas(onHand: Int64(number) + 100)
            )
            let count = MemberCountRow(
                MemberCountKey("law", MemberKey(unchecked: text)),
                limitGeneration: 1,
                units: Int64(number)
            )
            let item = StockItemRow(
                sku: sku,
                terms: SaleTerms(),
                limitGeneration: Int64(number),
                lastLimitGeneration: Int64(number),
                locations: [LocationKey(unchecked: text)]
            )
            let book = try await ReservationSample(UInt128(number + 1), .awaiting, of: [level.point, place.point]).book
            points += [level.point, place.point]
            rows.fences[fence] = FencingToken(UInt64(number + 1))
            rows.items[sku] = item
            rows.levels[level.point] = level
            rows.levels[place.point] = place
            rows.counts[count.key] = count
            rows.reservations[book.id] = book
            try await probe.table.write(
                StockTableWrite(
                    fences: [StockFence(fence, seen: nil, token: .init(UInt64(number + 1)))],
                    items: [item],
                    levels: [level, place].sorted { $0.point < $1.point },
                    counts: [count],
                    reservations: [book]
                )
            )
        }
        let query = StockTableQuery(
            fences: rows.fences.keys.sorted(),
            skus: rows.items.keys.sorted(),
            points: rows.levels.keys.sorted(),
            counts: rows.counts.keys.sorted(),
            reservations: rows.reservations.keys.sorted()
        )
        try await probe.demand(rows, query, "rows of keys that are easily taken for each other")
        for (number, point) in points.enumerated() {
            let found = try await probe.table.reservations(awaiting: point, limit: 10).map(\.id.bits)
            try LawBreach.unlessEqual(found, [UInt128(number / 2 + 1)], "what waits at \(point)")
        }
    }
}
