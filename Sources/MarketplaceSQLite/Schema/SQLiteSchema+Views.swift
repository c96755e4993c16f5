#if SQLite
/// What people who write SQL may rely on: the names of these views and of their columns stay.
///
/// A body is shown where it is JSON, as the shipped codec writes it; what another codec wrote is bytes.
extension SQLiteSchema {
    static let views = [events, documents, counters, stock, reservations, movements, sagas]

    private static let events = """
        create view marketplace_events as select
            n.name as namespace, e.category, s.key, e.version, e.position, e.is_journal,
            \(uuid("e.id")) as id, \(uuid("e.transaction_id")) as transaction_id,
            \(time("e.time")) as time, e.name, e.schema_version, e.command,
            case when \(isJSON("e.payload")) then cast(e.payload as text) end as payload, e.payload as payload_bytes
        from marketplace_event e
            join marketplace_stream s on s.id = e.stream
            join marketplace_namespace n on n.id = e.namespace;
        """

    private static let documents = """
        create view marketplace_documents as select
            n.name as namespace, d.collection, d.id, d.revision,
            case when \(isJSON("d.body")) then cast(d.body as text) end as body, d.body as body_bytes
        from marketplace_document d join marketplace_namespace n on n.id = d.namespace;
        """

    private static let counters = """
        create view marketplace_counters as select n.name as namespace, c.key, c.value
        from marketplace_counter c join marketplace_namespace n on n.id = c.namespace;
        """

    /// The levels of an inventory on a store, and those of a table of stock.
    private static let stock = """
        create view marketplace_stock as select
            p.namespace, p.sku, p.location, \(columns(of: "p")), p.safety_stock,
            max(0, p.on_hand - p.held - p.allocated - p.safety_stock) as available
        from (
            select l.*, coalesce(
                (
                    select json_extract(x.value, '$.units')
                    from json_each(l.terms, '$.safetyStock.exceptions') x
                    where x.type = 'object' and json_extract(x.value, '$.location') = l.location
                ),
                json_extract(l.terms, '$.safetyStock.standard')
            ) as safety_stock
            from (\(storeLevels) union all \(tableLevels)) l
        ) p;
        """

    /// Six counters a point, whose keys are `stock/<part>/<bytes of the location>/<location>/<SKU>`; those of what
    /// members have taken and of what is unpromised come behind them.
    private static let storeLevels = """
        select k.namespace, k.sku, k.location, \(columns(of: "k")), (
            select case json_type(d.body, '$.terms') when 'object' then json_extract(d.body, '$.terms') else '{}' end
            from (
                select \(object("i.body")) as body from marketplace_document i
                where i.namespace = k.number and i.collection = 'inventory-items' and i.id = k.sku
            ) d
        ) as terms
        from (
            select g.number, g.namespace, cast(substr(cast(g.names as blob), g.bytes + 2) as text) as sku,
                cast(substr(cast(g.names as blob), 1, g.bytes) as text) as location, \(columns(of: "g"))
            from (
                select r.number, r.namespace, cast(r.path as integer) as bytes,
                    substr(r.path, instr(r.path, '/') + 1) as names, \(parts.map(sum).joined(separator: ", "))
                from (
                    select n.id as number, n.name as namespace, c.value,
                        substr(c.key, 7, instr(substr(c.key, 7), '/') - 1) as part,
                        substr(c.key, 7 + instr(substr(c.key, 7), '/')) as path
                    from marketplace_namespace n join marketplace_counter c on c.namespace = n.id
                    where c.key > 'stock/' and c.key < 'stock/t'
                ) r
                where r.part in (\(parts.map { "'\($0.name)'" }.joined(separator: ", ")))
                    and r.path glob '[0-9]*/?*/?*'
                group by r.namespace, r.path
            ) g
        ) k
        """

    private static let tableLevels = """
        select n.name as namespace, t.sku, t.location, \(columns(of: "t")), (
            select \(object("i.terms")) from marketplace_stock_item i
            where i.namespace = t.namespace and i.sku = t.sku
        ) as terms
        from marketplace_stock_level t join marketplace_namespace n on n.id = t.namespace
        """

    /// The parts of a level, as the keys of counters name them and as columns.
    private static let parts: [(name: String, column: String)] = [
        ("on-hand", "on_hand"), ("held", "held"), ("allocated", "allocated"), ("backordered", "backordered"),
        ("incoming", "incoming"), ("damaged", "damaged"),
    ]

    private static func columns(of table: String) -> String {
        parts.map { "\(table).\($0.column)" }.joined(separator: ", ")
    }

    private static func sum(of part: (name: String, column: String)) -> String {
        "sum(case r.part when '\(part.name)' then r.value else 0 end) as \(part.column)"
    }

    /// A row for each SKU and location of a reservation; one that was released before it was made has none.
    private static let reservations = """
        create view marketplace_reservations as select
            r.namespace, r.id, r.member, r.reference, r.sku, r.location,
            \(standings.map { "r.\($0)" }.joined(separator: " + ")) as quantity, r.state,
            \(standings.map { "r.\($0)" }.joined(separator: ", ")),
            \(time("r.reserved")) as reserved_at, \(time("r.deadline")) as deadline, \(time("r.ended")) as ended_at
        from (\(storeReservations) union all \(tableReservations)) r;
        """

    /// Where units of a reservation stand.
    private static let standings = ["held", "allocated", "backordered", "owed", "shipped", "released", "expired"]

    private static let storeReservations = """
        select b.namespace, b.id, json_extract(b.body, '$.member') as member,
            json_extract(b.body, '$.reference') as reference,
            json_extract(\(line("l")), '$.sku') as sku,
            json_extract(\(line("l")), '$.location') as location, (
                select case
                    when sum(\(units("s", "held")) + \(units("s", "backordered"))) > 0 then 'held'
                    when sum(\(units("s", "allocated")) + \(units("s", "owed"))) > 0 then 'allocated'
                    when sum(\(units("s", "shipped"))) > 0 then 'shipped'
                    else json_extract(b.body, '$.end')
                end
                from json_each(b.body, '$.lines') s where s.type = 'object'
            ) as state, \(standings.map { "\(units("l", $0)) as \($0)" }.joined(separator: ", ")),
            json_extract(b.body, '$.reservedAt') as reserved, json_extract(b.body, '$.deadline') as deadline,
            json_extract(b.body, '$.endedAt') as ended
        from (
            select n.name as namespace, d.id, \(object("d.body")) as body
            from marketplace_document d join marketplace_namespace n on n.id = d.namespace
            where d.collection = 'inventory-reservations'
        ) b join json_each(b.body, '$.lines') l
        where l.type = 'object'
        """

    private static let tableReservations = """
        select n.name as namespace, \(uuid("t.id")) as id, t.member, t.reference, l.sku, l.location, t.state,
            \(standings.map { "l.\($0)" }.joined(separator: ", ")), t.reserved_at as reserved, t.deadline,
            t.ended_at as ended
        from marketplace_stock_reservation t
            join marketplace_stock_line l on l.namespace = t.namespace and l.reservation = t.id
            join marketplace_namespace n on n.id = t.namespace
        """

    /// The movements of an inventory on a store, which are events, and those of a table of stock.
    private static let movements = """
        create view marketplace_movements as select
            m.namespace, m.number, m.id, m.sku, m.location, m.kind, \(columns(of: "m")), m.reservation, m.reference,
            \(time("m.time")) as time
        from (
            select n.name as namespace, e.position as number, \(uuid("e.id")) as id,
                json_extract(e.body, '$.sku') as sku, json_extract(e.body, '$.location') as location,
                json_extract(e.body, '$.kind') as kind, \(deltas("e.body")),
                json_extract(e.body, '$.reservation') as reservation, json_extract(e.body, '$.reference') as reference,
                e.time
            from (
                select v.namespace, v.position, v.id, v.time, \(object("v.payload")) as body from marketplace_event v
                where v.category = 'stock' and v.name = 'StockMoved'
            ) e join marketplace_namespace n on n.id = e.namespace
            union all
            select n.name, t.number, \(uuid("t.id")), t.sku, t.location, t.kind, \(columns(of: "t")),
                case when t.reservation is not null then \(uuid("t.reservation")) end, t.reference, t.time
            from marketplace_stock_movement t join marketplace_namespace n on n.id = t.namespace
        ) m;
        """

    /// A part that a movement does not name does not change.
    private static func deltas(_ body: String) -> String {
        let names = ["onHand", "held", "allocated", "backordered", "incoming", "damaged"]
        return zip(names, parts).map { name, part in
            """
            case json_type(\(body), '$.deltas') when 'object' then coalesce(json_extract(\(body), \
            '$.deltas.\(name)'), 0) end as \(part.column)
            """
        }.joined(separator: ", ")
    }

    /// Sagas by their summaries: definition, state and time of change from the index entry that sagas are found by
    /// (a 2, the definition, two 0, a 2, the state, two 0, a 1 and eight bytes), the id from the body.
    private static let sagas = """
        create view marketplace_sagas as select
            s.namespace, s.id, s.definition, substr(s.document, length(s.definition) + 2) as key,
            cast(substr(s.value, s.middle + 3, length(s.value) - s.middle - 13) as text) as state,
            \(time("s.changed")) as changed_at
        from (
            select n.name as namespace, e.id as document, e.value,
                case when substr(d.body, 1, 1) = x'02' then \(uuid("substr(d.body, 2, 16)")) end as id,
                instr(e.value, x'0000') as middle,
                cast(substr(e.value, 2, instr(e.value, x'0000') - 2) as text) as definition,
                \(number("substr(e.value, -8)")) as changed
            from marketplace_namespace n
                join marketplace_entry e on e.namespace = n.id
                join marketplace_document d on d.number = e.document
            where e.collection = '$saga' and e.name = 'definition'
        ) s;
        """

    private static func isJSON(_ body: String) -> String { "json_valid(cast(\(body) as text))" }

    /// A body as a text that the functions of JSON take, whatever it is.
    private static func object(_ body: String) -> String {
        "case when \(isJSON(body)) then cast(\(body) as text) else '{}' end"
    }

    /// The line that `json_each` stands on.
    private static func line(_ row: String) -> String {
        "case \(row).type when 'object' then \(row).value else '{}' end"
    }

    /// The units of a line that stand in one way.
    private static func units(_ row: String, _ part: String) -> String {
        "coalesce(json_extract(\(line(row)), '$.\(part)'), 0)"
    }

    /// 16 bytes as the text of a UUID.
    private static func uuid(_ bytes: String) -> String {
        let groups = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)].map { "substr(hex(\(bytes)), \($0.0), \($0.1))" }
        return "lower(\(groups.joined(separator: " || '-' || ")))"
    }

    /// Microseconds since 1970 as a text of RFC 3339 in UTC, always with six digits, so that texts are in the order of
    /// the times; null outside of the years 0 to 9999.
    private static func time(_ microseconds: String) -> String {
        let fraction = "(\(microseconds) % 1000000 + 1000000) % 1000000"
        let seconds = "(\(microseconds) - \(fraction)) / 1000000"
        return "strftime('%Y-%m-%dT%H:%M:%S', \(seconds), 'unixepoch') || printf('.%06dZ', \(fraction))"
    }

    /// The number in eight bytes of an index entry: the highest first, its sign turned over.
    private static func number(_ bytes: String) -> String {
        let digits = (1...16).map { place in
            let digit = "instr('0123456789ABCDEF', substr(hex(\(bytes)), \(place), 1)) - 1"
            return "(\(place == 1 ? "((\(digit) + 8) & 15)" : "(\(digit))") << \(4 * (16 - place)))"
        }
        return digits.joined(separator: " | ")
    }
}
#endif
