import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

/// One write of a table of stock, encoded before it is in anybody's way.
struct PostgresStockWrite: Sendable {
    private typealias Column = PostgresStockRows.Column

    private let write: StockTableWrite
    private let terms: [[UInt8]]
    private let locations: [[UInt8]]
    private let books: [[UInt8]]
    private let actions: [[UInt8]]

    init(_ write: StockTableWrite, codec: any PayloadCodec) throws(PayloadCodecError) {
        var (terms, locations, books, actions) = ([[UInt8]](), [[UInt8]](), [[UInt8]](), [[UInt8]]())
        for item in write.items {
            terms.append(try codec.encode(item.terms))
            locations.append(try codec.encode(item.locations))
        }
        for book in write.reservations { books.append(try codec.encode(book)) }
        for change in write.changes { actions.append(try codec.encode(change.action)) }
        self.write = write
        self.terms = terms
        self.locations = locations
        self.books = books
        self.actions = actions
    }

    // MARK: - Fences

    /// The statements that lock the fences, and behind them that of the turn.
    ///
    /// First come those that are there, then those that nobody has seen, each in ascending order. Whoever waits for a
    /// fence finds it as its holder left it.
    func opening(_ namespace: Int64) -> [PostgresStatement] {
        let unseen = write.fences.filter { $0.seen == nil }
        return [
            PostgresStatement(
                """
                select key, token from marketplace_stock_fence where namespace = $1 and key = any($2::text[]) order by \
                key for update
                """,
                name: "marketplace_lock_fences",
                values: [.bigint(namespace), .texts(write.fences.map(\.key.text))]
            ),
            PostgresStockRows(
                table: "fence",
                namespace: namespace,
                key: [("key", .texts(unseen.map(\.key.text)))],
                columns: [("token", .bigints(unseen.map { Int64(bitPattern: $0.token.value) }))]
            ).insertMissing,
            PostgresLoad.turn,
        ]
    }

    /// What the opening answered: the first fence that is stale, and the turn.
    func judge(_ rows: [PostgresRows]) throws(PostgresFailure) -> (stale: FenceKey?, turn: Int64) {
        var kept: [FenceKey: FencingToken] = [:]
        for row in 0..<rows[0].count {
            kept[TextKey(unchecked: try rows[0].text(0, of: row))] = FencingToken(
                UInt64(bitPattern: try rows[0].integer(1, of: row))
            )
        }
        var isNew: Set<FenceKey> = []
        for row in 0..<rows[1].count { isNew.insert(TextKey(unchecked: try rows[1].text(0, of: row))) }
        let stale = write.fences.first { fence in
            fence.seen == nil ? !isNew.contains(fence.key) : kept[fence.key] != fence.seen
        }
        return (stale?.key, try PostgresLoad.turn(in: rows[2]))
    }

    // MARK: - Rows

    /// The statements that write everything, in one order of tables for everybody.
    func statements(_ namespace: Int64, turn: Int64) -> [PostgresStatement] {
        fenceStatements(namespace) + stockStatements(namespace) + reservationStatements(namespace)
            + movementStatements(namespace, turn: turn)
    }

    private func fenceStatements(_ namespace: Int64) -> [PostgresStatement] {
        let seen = write.fences.filter { $0.seen != nil }
        guard !seen.isEmpty else { return [] }
        return [
            PostgresStockRows(
                table: "fence",
                namespace: namespace,
                key: [("key", .texts(seen.map(\.key.text)))],
                columns: [("token", .bigints(seen.map { Int64(bitPattern: $0.token.value) }))]
            ).upsert
        ]
    }

    private func stockStatements(_ namespace: Int64) -> [PostgresStatement] {
        var rows: [PostgresStockRows] = []
        func add(_ table: String, _ key: [Column], _ columns: [Column]) {
            rows.append(PostgresStockRows(table: table, namespace: namespace, key: key, columns: columns))
        }
        if !write.items.isEmpty {
            add(
                "item",
                [("sku", .texts(write.items.map(\.sku.text)))],
                [
                    ("terms", .bytesList(terms)),
                    ("limit_generation", .bigints(write.items.map(\.limitGeneration))),
                    ("last_limit_generation", .bigints(write.items.map(\.lastLimitGeneration))),
                    ("locations", .bytesList(locations)),
                ]
            )
        }
        if !write.levels.isEmpty {
            add("level", Self.key(of: write.levels.map(\.point)), Self.columns(of: write.levels.map(\.units)))
        }
        if !write.counts.isEmpty {
            add(
                "count",
                [
                    ("sku", .texts(write.counts.map(\.key.sku.text))),
                    ("member", .texts(write.counts.map(\.key.member.text))),
                ],
                [
                    ("limit_generation", .bigints(write.counts.map(\.limitGeneration))),
                    ("units", .bigints(write.counts.map(\.units))),
                ]
            )
        }
        if !write.changes.isEmpty {
            add(
                "change",
                [("id", .uuids(write.changes.map(\.id.bits)))],
                Self.key(of: write.changes.map(\.point)) + [
                    ("time", .bigints(write.changes.map(\.time.microsecondsSinceEpoch))),
                    ("action", .bytesList(actions)),
                ]
            )
        }
        return rows.map(\.upsert)
    }

    private func reservationStatements(_ namespace: Int64) -> [PostgresStatement] {
        guard !write.reservations.isEmpty else { return [] }
        let books = write.reservations
        let ids = PostgresValue.uuids(books.map(\.id.bits))
        let reservations = PostgresStockRows(
            table: "reservation",
            namespace: namespace,
            key: [("id", ids)],
            columns: [
                ("member", .texts(books.map(\.member?.text))), ("reference", .texts(books.map(\.reference?.text))),
                ("state", .texts(books.map(\.state.rawValue))),
                ("reserved_at", .bigints(books.map(\.reservedAt.microsecondsSinceEpoch))),
                ("deadline", .bigints(orNull: books.map(\.deadline?.microsecondsSinceEpoch))),
                ("due_at", .bigints(orNull: books.map(\.dueAt?.microsecondsSinceEpoch))),
                ("ended_at", .bigints(orNull: books.map(\.endedAt?.microsecondsSinceEpoch))),
                ("book", .bytesList(self.books)),
            ]
        )
        let clearing = PostgresStatement(
            "delete from marketplace_stock_line where namespace = $1 and reservation = any($2::uuid[])",
            name: "marketplace_clear_lines",
            values: [.bigint(namespace), ids]
        )
        let lines = books.flatMap { book in book.positions.map { (book: book, position: $0) } }
        guard !lines.isEmpty else { return [reservations.upsert, clearing] }
        let standings: [(String, (ReservationPosition) -> Int64)] = [
            ("held", \.held), ("allocated", \.allocated), ("backordered", \.backordered), ("owed", \.owed),
            ("shipped", \.shipped), ("released", \.released), ("expired", \.expired),
        ]
        let since = lines.map { $0.position.awaited > 0 ? $0.book.reservedAt.microsecondsSinceEpoch : nil }
        let rows = PostgresStockRows(
            table: "line",
            namespace: namespace,
            key: [("reservation", .uuids(lines.map(\.book.id.bits)))] + Self.key(of: lines.map(\.position.point)),
            columns: standings.map { name, units in (name, .bigints(lines.map { units($0.position) })) }
                + [("awaited_since", .bigints(orNull: since))]
        )
        return [reservations.upsert, clearing, rows.insert]
    }

    private func movementStatements(_ namespace: Int64, turn: Int64) -> [PostgresStatement] {
        guard !write.movements.isEmpty else { return [] }
        let movements = write.movements
        let points = movements.map { StockPoint($0.sku, at: $0.location) }
        return [
            PostgresStockRows(
                table: "movement",
                namespace: namespace,
                key: [
                    ("turn", .bigints(movements.map { _ in turn })),
                    ("number", .bigints((1...movements.count).map(Int64.init))),
                ],
                columns: [("id", .uuids(movements.map(\.id.bits)))] + Self.key(of: points)
                    + [("kind", .texts(movements.map(\.kind.text)))] + Self.columns(of: movements.map(\.deltas)) + [
                        ("reservation", .uuids(orNull: movements.map(\.reservation?.bits))),
                        ("reference", .texts(movements.map(\.reference?.text))),
                        ("time", .bigints(movements.map(\.time.microsecondsSinceEpoch))),
                    ]
            ).insert
        ]
    }

    private static func key(of points: [StockPoint]) -> [Column] {
        [("sku", .texts(points.map(\.sku.text))), ("location", .texts(points.map(\.location.text)))]
    }

    private static func columns(of units: [StockDeltas]) -> [Column] {
        [
            ("on_hand", .bigints(units.map(\.onHand))), ("held", .bigints(units.map(\.held))),
            ("allocated", .bigints(units.map(\.allocated))), ("backordered", .bigints(units.map(\.backordered))),
            ("incoming", .bigints(units.map(\.incoming))), ("damaged", .bigints(units.map(\.damaged))),
        ]
    }

    // MARK: - Forgetting

    /// Deletes reservations that ended, and changes of a time, at or before `time`: at most `limit` of each.
    ///
    /// What somebody else has locked is left for the next time. The condition is looked at again once a row is locked.
    static func forgetting(endedBy time: Timestamp, limit: Int, _ namespace: Int64) -> [PostgresStatement] {
        let values: [PostgresValue] = [
            .bigint(namespace), .bigint(time.microsecondsSinceEpoch), .bigint(Int64(max(0, limit))),
        ]
        return [
            PostgresStatement(
                """
                with ended as (select id from marketplace_stock_reservation where namespace = $1 and ended_at <= $2 \
                order by ended_at limit $3 for update skip locked), lines as (delete from marketplace_stock_line where \
                namespace = $1 and reservation = any(array(select id from ended))) delete from \
                marketplace_stock_reservation where namespace = $1 and id = any(array(select id from ended))
                """,
                name: "marketplace_forget_reservations",
                values: values
            ),
            PostgresStatement(
                """
                with old as (select id from marketplace_stock_change where namespace = $1 and time <= $2 order by time \
                limit $3 for update skip locked) delete from marketplace_stock_change where namespace = $1 and id = \
                any(array(select id from old))
                """,
                name: "marketplace_forget_changes",
                values: values
            ),
        ]
    }
}
