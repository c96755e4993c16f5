#if SQLite
extension SQLiteQuery {
    /// The statements of ``SQLiteStockTable``.
    var stockSQL: String {
        switch self {
        case .stockFence: "select token from marketplace_stock_fence where namespace = ?1 and key = ?2"
        case .upsertStockFence: Self.upsert("fence", key: ["key"], ["token"])
        case .upsertStockItem:
            Self.upsert("item", key: ["sku"], ["terms", "limit_generation", "last_limit_generation", "locations"])
        case .upsertStockLevel: Self.upsert("level", key: ["sku", "location"], Self.deltas)
        case .upsertStockCount: Self.upsert("count", key: ["sku", "member"], ["limit_generation", "units"])
        case .upsertStockReservation:
            Self.upsert(
                "reservation",
                key: ["id"],
                ["member", "reference", "state", "reserved_at", "deadline", "due_at", "ended_at", "book"]
            )
        case .deleteStockLines: "delete from marketplace_stock_line where namespace = ?1 and reservation = ?2"
        case .insertStockLine:
            Self.insert("line", ["reservation", "sku", "location"] + Self.standings + ["awaited_since"])
        case .upsertStockChange: Self.upsert("change", key: ["id"], ["sku", "location", "time", "action"])
        case .insertStockMovement:
            Self.insert(
                "movement",
                ["id", "sku", "location", "kind"] + Self.deltas + ["reservation", "reference", "time"]
            )
        case .endedStockReservations:
            """
            select id from marketplace_stock_reservation where namespace = ?1 and ended_at <= ?2 order by ended_at \
            limit ?3
            """
        case .deleteStockReservation: "delete from marketplace_stock_reservation where namespace = ?1 and id = ?2"
        case .forgetStockChanges:
            """
            delete from marketplace_stock_change where number in (select number from marketplace_stock_change where \
            namespace = ?1 and time <= ?2 order by time limit ?3)
            """
        default: stockReadingSQL
        }
    }

    private var stockReadingSQL: String {
        switch self {
        case .readStockFence: Self.select("token", "fence", "key = ?2")
        case .readStockItem:
            Self.select("terms, limit_generation, last_limit_generation, locations", "item", "sku = ?2")
        case .readStockLevel:
            Self.select(Self.deltas.joined(separator: ", "), "level", "sku = ?2 and location = ?3")
        case .readStockCount: Self.select("limit_generation, units", "count", "sku = ?2 and member = ?3")
        case .readStockReservation: Self.select("book", "reservation", "id = ?2")
        case .readStockChange: Self.select("sku, location, time, action", "change", "id = ?2")
        case .readDueStock:
            "\(Self.select("book", "reservation", "due_at <= ?2")) order by due_at, id limit ?3"
        case .readOpenStock:
            // Of two indexes that serve, the one of open reservations passes over none that has ended.
            """
            select book from marketplace_stock_reservation indexed by marketplace_stock_reservation_open where \
            namespace = \(Self.own) and ended_at is null and id > ?2 order by id limit ?3
            """
        case .readAwaitingStock:
            """
            select r.book from marketplace_stock_line l cross join marketplace_stock_reservation r on r.namespace = \
            l.namespace and r.id = l.reservation where l.namespace = \(Self.own) and l.sku = ?2 and l.location = ?3 \
            and l.awaited_since is not null order by l.awaited_since, l.reservation limit ?4
            """
        case .readStockMovements:
            """
            \(Self.select(
                "number, id, sku, location, kind, \(Self.deltas.joined(separator: ", ")), reservation, reference, time",
                "movement",
                "number > ?2"
            )) order by number limit ?3
            """
        default: ""
        }
    }

    /// The parts of a level, as columns in the order in which they are bound and read.
    private static let deltas = ["on_hand", "held", "allocated", "backordered", "incoming", "damaged"]
    /// Where the units of a line stand, likewise.
    private static let standings = ["held", "allocated", "backordered", "owed", "shipped", "released", "expired"]

    private static let own = "(select id from marketplace_namespace where name = ?1)"

    /// Inserts a row whose columns are bound in this order, behind the namespace.
    private static func insert(_ table: String, _ columns: [String]) -> String {
        let values = (1...columns.count + 1).map { "?\($0)" }.joined(separator: ", ")
        return """
            insert into marketplace_stock_\(table) (namespace, \(columns.joined(separator: ", "))) values (\(values))
            """
    }

    /// Inserts a row, or replaces that of the same key.
    private static func upsert(_ table: String, key: [String], _ columns: [String]) -> String {
        let changes = columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        return """
            \(insert(table, key + columns)) on conflict (namespace, \(key.joined(separator: ", "))) do update set \
            \(changes)
            """
    }

    private static func select(_ columns: String, _ table: String, _ condition: String) -> String {
        "select \(columns) from marketplace_stock_\(table) where namespace = \(own) and \(condition)"
    }
}
#endif
