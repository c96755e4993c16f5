import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

/// The reads of one namespace's table of stock: the statements, and what their rows say.
struct PostgresStockReading {
    let namespace: StoreNamespace
    let codec: any PayloadCodec

    private var name: PostgresValue { .text(namespace.text) }

    /// What a statement of a query answers.
    private enum Part: CaseIterable {
        case fences
        case items
        case levels
        case counts
        case reservations
        case changes
    }

    // MARK: - Rows by their keys

    /// One statement for each kind of row, all in one snapshot.
    func statements(for query: StockTableQuery, settings: PostgresStatement) -> [PostgresStatement] {
        [PostgresReading.beginReading, settings] + Part.allCases.map { statement($0, for: query) } + [
            PostgresWriter.commit
        ]
    }

    private func statement(_ part: Part, for query: StockTableQuery) -> PostgresStatement {
        switch part {
        case .fences: select("key, token", from: "fence", ["key"], .texts(query.fences.map(\.text)))
        case .items:
            select(
                "sku, terms, limit_generation, last_limit_generation, locations",
                from: "item",
                ["sku"],
                .texts(query.skus.map(\.text))
            )
        case .levels:
            select(
                "sku, location, \(Self.deltas)",
                from: "level",
                ["sku", "location"],
                .texts(query.points.map(\.sku.text)),
                .texts(query.points.map(\.location.text))
            )
        case .counts:
            select(
                "sku, member, limit_generation, units",
                from: "count",
                ["sku", "member"],
                .texts(query.counts.map(\.sku.text)),
                .texts(query.counts.map(\.member.text))
            )
        case .reservations:
            select("book", from: "reservation", ["id"], .uuids(query.reservations.map(\.bits)))
        case .changes:
            select("sku, location, id, time, action", from: "change", ["id"], .uuids(query.changes.map(\.bits)))
        }
    }

    /// `lateral … limit 1` keeps the server to one look into the index per key, as with ``PostgresLoad``.
    private func select(
        _ columns: String,
        from table: String,
        _ key: [String],
        _ values: PostgresValue...
    ) -> PostgresStatement {
        let type = values.first?.type == .uuidArray ? "uuid[]" : "text[]"
        let lists = (2..<key.count + 2).map { "$\($0)::\(type)" }.joined(separator: ", ")
        let condition = key.map { "t.\($0) = k.\($0)" }.joined(separator: " and ")
        return PostgresStatement(
            """
            select r.* from unnest(\(lists)) as k(\(key.joined(separator: ", "))) cross join lateral (select \(columns) \
            from marketplace_stock_\(table) t where t.namespace = \(PostgresReading.own) and \(condition) limit 1) r
            """,
            name: "marketplace_stock_\(table)",
            values: [name] + values
        )
    }

    /// What the statements of a query say.
    func rows(_ answers: [PostgresRows]) throws(PostgresFailure) -> StockTableRows {
        guard answers.count == Part.allCases.count + 3 else {
            throw PostgresFailure(.unreadable, "no answer to a statement")
        }
        var found = StockTableRows()
        for (part, rows) in zip(Part.allCases, answers[2...]) {
            for row in 0..<rows.count { try take(part, rows, row, into: &found) }
        }
        return found
    }

    private func take(
        _ part: Part,
        _ rows: PostgresRows,
        _ row: Int,
        into found: inout StockTableRows
    ) throws(PostgresFailure) {
        switch part {
        case .fences:
            let token = FencingToken(UInt64(bitPattern: try rows.integer(1, of: row)))
            found.fences[TextKey(unchecked: try rows.text(0, of: row))] = token
        case .items:
            let item = StockItemRow(
                sku: SKU(unchecked: try rows.text(0, of: row)),
                terms: try decoded(SaleTerms.self, rows.bytes(1, of: row)),
                limitGeneration: try rows.integer(2, of: row),
                lastLimitGeneration: try rows.integer(3, of: row),
                locations: try decoded([LocationKey].self, rows.bytes(4, of: row))
            )
            found.items[item.sku] = item
        case .levels:
            let point = try Self.point(rows, row, from: 0)
            found.levels[point] = StockLevelRow(point, try Self.units(rows, row, from: 2))
        case .counts:
            let sku = SKU(unchecked: try rows.text(0, of: row))
            let key = MemberCountKey(sku, MemberKey(unchecked: try rows.text(1, of: row)))
            found.counts[key] = MemberCountRow(
                key,
                limitGeneration: try rows.integer(2, of: row),
                units: try rows.integer(3, of: row)
            )
        case .reservations:
            let book = try decoded(ReservationBook.self, rows.bytes(0, of: row))
            found.reservations[book.id] = book
        case .changes:
            let change = RecordedChangeRow(
                id: MovementID(bits: try rows.bits(2, of: row)),
                point: try Self.point(rows, row, from: 0),
                action: try decoded(StockAction.self, rows.bytes(4, of: row)),
                time: Timestamp(microsecondsSinceEpoch: try rows.integer(3, of: row))
            )
            found.changes[change.id] = change
        }
    }

    // MARK: - Reservations in order

    /// The reservations that are due.
    func due(by time: Timestamp, limit: Int) -> [PostgresStatement] {
        [
            PostgresStatement(
                """
                select book from marketplace_stock_reservation where namespace = \(PostgresReading.own) and due_at <= \
                $2 order by due_at, id limit $3
                """,
                name: "marketplace_due",
                values: [name, .bigint(time.microsecondsSinceEpoch), Self.limit(limit)]
            )
        ]
    }

    /// The open reservations from an id on.
    func open(from id: UInt128, limit: Int) -> [PostgresStatement] {
        [
            PostgresStatement(
                """
                select book from marketplace_stock_reservation where namespace = \(PostgresReading.own) and ended_at is \
                null and id >= $2 order by id limit $3
                """,
                name: "marketplace_open",
                values: [name, .uuid(id), Self.limit(limit)]
            )
        ]
    }

    /// The reservations that wait for units of a point.
    func awaiting(_ point: StockPoint, limit: Int) -> [PostgresStatement] {
        [
            PostgresStatement(
                """
                select r.book from (select namespace, reservation, awaited_since from marketplace_stock_line where \
                namespace = \(PostgresReading.own) and sku = $2 and location = $3 and awaited_since is not null order by \
                awaited_since, reservation limit $4) l cross join lateral (select book from \
                marketplace_stock_reservation r where r.namespace = l.namespace and r.id = l.reservation limit 1) r \
                order by l.awaited_since, l.reservation
                """,
                name: "marketplace_awaiting",
                values: [name, .text(point.sku.text), .text(point.location.text), Self.limit(limit)]
            )
        ]
    }

    /// What the rows of such a statement say.
    func books(_ answers: [PostgresRows]) throws(PostgresFailure) -> [ReservationBook] {
        guard let rows = answers.first else { throw PostgresFailure(.unreadable, "no answer to a statement") }
        var books: [ReservationBook] = []
        for row in 0..<rows.count { books.append(try decoded(ReservationBook.self, rows.bytes(0, of: row))) }
        return books
    }

    // MARK: - Movements

    /// The movements after a cursor, in one snapshot: none that a transaction still under way might come before.
    func movements(after cursor: MovementCursor, limit: Int) -> [PostgresStatement] {
        let (turn, number) = Self.place(of: cursor)
        return [
            PostgresReading.beginReading,
            PostgresStatement(
                PostgresReading.boundAndHeld(of: "marketplace_stock_movement where true"),
                name: "marketplace_movement_bound",
                values: [name]
            ),
            PostgresStatement(
                """
                select turn, number, sku, location, \(Self.deltas), id, kind, reservation, reference, time from \
                marketplace_stock_movement where namespace = \(PostgresReading.own) and (turn, number) > ($2, $3) and \
                turn < (\(PostgresReading.bound)) order by turn, number limit $4
                """,
                name: "marketplace_movements",
                values: [name, .bigint(turn), .bigint(number), Self.limit(limit)]
            ),
            PostgresWriter.commit,
        ]
    }

    /// What they say, and whether movements are committed that could not be shown yet, and the bound.
    func movements(
        _ answers: [PostgresRows],
        after cursor: MovementCursor
    ) throws(PostgresFailure) -> (slice: MovementSlice, isHeld: Bool, bound: Int64) {
        guard answers.count == 4 else { throw PostgresFailure(.unreadable, "no answer to a statement") }
        let rows = answers[2]
        var movements: [StockMovement] = []
        var next = cursor
        for row in 0..<rows.count {
            let point = try Self.point(rows, row, from: 2)
            movements.append(
                StockMovement(
                    id: MovementID(bits: try rows.bits(10, of: row)),
                    sku: point.sku,
                    location: point.location,
                    kind: StockMovementKind(try rows.text(11, of: row)),
                    deltas: try Self.units(rows, row, from: 4),
                    reservation: rows.cell(12, of: row) == nil ? nil : ReservationID(bits: try rows.bits(12, of: row)),
                    reference: try rows.textIfAny(13, of: row).map { StockReference(unchecked: $0) },
                    time: Timestamp(microsecondsSinceEpoch: try rows.integer(14, of: row))
                )
            )
            let marks = [try rows.integer(0, of: row), try rows.integer(1, of: row)]
            next = MovementCursor(marks: marks.map { UInt64(bitPattern: $0) })
        }
        let slice = MovementSlice(movements: movements, next: next, missedCount: 0)
        return (slice, try answers[1].flag(1, of: 0), try answers[1].integer(0, of: 0))
    }

    // MARK: - Values

    /// The turn and the number that a cursor stands at.
    private static func place(of cursor: MovementCursor) -> (turn: Int64, number: Int64) {
        guard cursor.marks.count == 2 else { return (0, 0) }
        return (Int64(clamping: cursor.marks[0]), Int64(clamping: cursor.marks[1]))
    }

    private static let deltas = "on_hand, held, allocated, backordered, incoming, damaged"

    private static func limit(_ limit: Int) -> PostgresValue { .bigint(Int64(max(0, limit))) }

    private static func point(_ rows: PostgresRows, _ row: Int, from column: Int) throws(PostgresFailure) -> StockPoint
    {
        let location = LocationKey(unchecked: try rows.text(column + 1, of: row))
        return StockPoint(SKU(unchecked: try rows.text(column, of: row)), at: location)
    }

    private static func units(_ rows: PostgresRows, _ row: Int, from column: Int) throws(PostgresFailure) -> StockDeltas
    {
        StockDeltas(
            onHand: try rows.integer(column, of: row),
            held: try rows.integer(column + 1, of: row),
            allocated: try rows.integer(column + 2, of: row),
            backordered: try rows.integer(column + 3, of: row),
            incoming: try rows.integer(column + 4, of: row),
            damaged: try rows.integer(column + 5, of: row)
        )
    }

    private func decoded<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws(PostgresFailure) -> Value {
        do throws(PayloadCodecError) {
            return try codec.decode(type, from: bytes)
        } catch {
            throw PostgresFailure(.unreadable, error.description)
        }
    }
}
