/// What people who write SQL may rely on: the names of these views and of their columns stay, and are the same on SQLite.
///
/// A body is shown where it is JSON, as the shipped codec writes it; what another codec wrote is bytes. No body makes a
/// view fail: what is not of the expected form is null.
extension PostgresSchema {
    static let views = functions + [events, documents, counters, stock, reservations, movements, sagas]

    // MARK: - Functions

    /// Readings that never fail.
    ///
    /// What catches errors begins a subtransaction, which no parallel worker may.
    private static let functions = [
        """
        create function marketplace_text(bytes bytea) returns text language plpgsql immutable strict as $$ begin return \
        convert_from(bytes, 'UTF8'); exception when others then return null; end $$
        """,
        """
        create function marketplace_json(bytes bytea) returns jsonb language plpgsql immutable strict as $$ begin return \
        convert_from(bytes, 'UTF8')::jsonb; exception when others then return null; end $$
        """,
        """
        create function marketplace_bigint(number numeric) returns bigint language sql immutable parallel safe as $$ \
        select case when number between -9223372036854775808 and 9223372036854775807 then trunc(number)::bigint end $$
        """,
        """
        create function marketplace_integer(value jsonb) returns bigint language sql immutable parallel safe as $$ \
        select case jsonb_typeof(value) when 'number' then marketplace_bigint(value::numeric) end $$
        """,
        """
        create function marketplace_elements(value jsonb) returns setof jsonb language sql immutable parallel safe as $$ \
        select jsonb_array_elements(case jsonb_typeof(value) when 'array' then value else '[]' end) $$
        """,
        // Within the years 0 to 9999. Seconds apart from the rest: an interval is multiplied as a floating-point number.
        """
        create function marketplace_time(microseconds bigint) returns timestamptz language sql stable parallel safe as \
        $$ select case when microseconds between -62167219200000000 and 253402300799999999 then timestamptz 'epoch' + \
        microseconds / 1000000 * interval '1 second' + microseconds % 1000000 * interval '1 microsecond' end $$
        """,
    ]

    // MARK: - What a store keeps

    /// The place in the feed as one number: 20 bits of a turn are enough for the events of a transaction.
    private static func position(_ row: String) -> String {
        "(\(row).turn << \(PostgresBatch.stampBits)) + \(row).number"
    }

    private static let events = """
        create view marketplace_events as select n.name as namespace, s.category, s.key, e.version, \(position("e")) as \
        position, e.is_journal, e.id, e.transaction_id, marketplace_time(e.time) as time, e.name, e.schema_version, \
        e.command, marketplace_json(e.payload) as payload, e.payload as payload_bytes from marketplace_event e join \
        marketplace_stream s on s.id = e.stream join marketplace_namespace n on n.id = e.namespace
        """

    private static let documents = """
        create view marketplace_documents as select n.name as namespace, d.collection, d.id, d.revision, \
        marketplace_json(d.body) as body, d.body as body_bytes from marketplace_document d join marketplace_namespace n \
        on n.id = d.namespace
        """

    private static let counters = """
        create view marketplace_counters as select n.name as namespace, c.key, c.value from marketplace_counter c join \
        marketplace_namespace n on n.id = c.namespace
        """

    // MARK: - Stock

    /// The levels of an inventory on a store, and those of a table of stock.
    private static let stock = """
        create view marketplace_stock as select p.namespace, p.sku, p.location, \(columns(of: "p")), p.safety_stock, case \
        when p.safety_stock is not null then least(greatest(p.on_hand::numeric - p.held - p.allocated - p.safety_stock, \
        0), 9223372036854775807)::bigint end as available from (select l.*, coalesce((select \
        marketplace_integer(x -> 'units') from marketplace_elements(l.terms #> '{safetyStock,exceptions}') x where x ->> \
        'location' = l.location limit 1), marketplace_integer(l.terms #> '{safetyStock,standard}')) as safety_stock from \
        (\(storeLevels) union all \(tableLevels)) l) p
        """

    /// Six counters a point, whose keys are `stock/<part>/<bytes of the location>/<location>/<SKU>`.
    ///
    /// Those of what members have taken and of what is unpromised come behind them. A key has at most 512 bytes.
    private static let storeLevels = """
        select k.namespace, k.sku, k.location, \(columns(of: "k")), (select marketplace_json(i.body) -> 'terms' from \
        marketplace_document i where i.namespace = k.number and i.collection = 'inventory-items' and i.id = k.sku) as \
        terms from (select g.number, g.namespace, marketplace_text(substring(g.names from g.bytes + 2)) as sku, \
        marketplace_text(substring(g.names from 1 for g.bytes)) as location, \(columns(of: "g")) from (select r.number, \
        r.namespace, split_part(r.path, '/', 1)::integer as bytes, convert_to(substr(r.path, strpos(r.path, '/') + 1), \
        'UTF8') as names, \(parts.map(value).joined(separator: ", ")) from (select n.id as number, n.name as namespace, \
        c.value, split_part(c.key, '/', 2) as part, substr(c.key, 8 + length(split_part(c.key, '/', 2))) as path from \
        marketplace_namespace n join marketplace_counter c on c.namespace = n.id where c.key > 'stock/' and c.key < \
        'stock/t') r where r.part in (\(parts.map { "'\($0.name)'" }.joined(separator: ", "))) and r.path ~ \
        '^[0-9]{1,3}/.+/.+' group by r.number, r.namespace, r.path offset 0) g) k where k.sku <> '' and k.location <> ''
        """

    private static let tableLevels = """
        select n.name as namespace, t.sku, t.location, \(columns(of: "t")), (select marketplace_json(i.terms) from \
        marketplace_stock_item i where i.namespace = t.namespace and i.sku = t.sku) as terms from \
        marketplace_stock_level t join marketplace_namespace n on n.id = t.namespace
        """

    /// The parts of a level, as the keys of counters name them, as events do, and as columns.
    private static let parts: [(name: String, field: String, column: String)] = [
        ("on-hand", "onHand", "on_hand"), ("held", "held", "held"), ("allocated", "allocated", "allocated"),
        ("backordered", "backordered", "backordered"), ("incoming", "incoming", "incoming"),
        ("damaged", "damaged", "damaged"),
    ]

    private static func columns(of table: String) -> String {
        parts.map { "\(table).\($0.column)" }.joined(separator: ", ")
    }

    private static func value(of part: (name: String, field: String, column: String)) -> String {
        "coalesce(max(r.value) filter (where r.part = '\(part.name)'), 0) as \(part.column)"
    }

    // MARK: - Reservations

    /// A row for each SKU and location of a reservation; one that was released before it was made has none.
    private static let reservations = """
        create view marketplace_reservations as select r.namespace, r.id, r.member, r.reference, r.sku, r.location, \
        marketplace_bigint(\(standings.map { "r.\($0)::numeric" }.joined(separator: " + "))) as quantity, r.state, \
        \(standings.map { "r.\($0)" }.joined(separator: ", ")), marketplace_time(r.reserved) as reserved_at, \
        marketplace_time(r.deadline) as deadline, marketplace_time(r.ended) as ended_at from (\(storeReservations) union \
        all \(tableReservations)) r
        """

    /// Where units of a reservation stand.
    private static let standings = ["held", "allocated", "backordered", "owed", "shipped", "released", "expired"]

    private static let storeReservations = """
        select b.namespace, b.id, b.body ->> 'member' as member, b.body ->> 'reference' as reference, l #>> \
        '{sku}' as sku, l #>> '{location}' as location, (select case when \
        \(sum("held", "backordered")) > 0 then 'held' when \(sum("allocated", "owed")) > 0 then 'allocated' when \
        \(sum("shipped")) > 0 then 'shipped' else b.body ->> 'end' end from marketplace_elements(b.body -> 'lines') s) as \
        state, \(standings.map { "\(units("l", $0)) as \($0)" }.joined(separator: ", ")), marketplace_integer(b.body -> \
        'reservedAt') as reserved, marketplace_integer(b.body -> 'deadline') as deadline, marketplace_integer(b.body -> \
        'endedAt') as ended from (select n.name as namespace, d.id, marketplace_json(d.body) as body from \
        marketplace_document d join marketplace_namespace n on n.id = d.namespace where d.collection = \
        'inventory-reservations' offset 0) b cross join lateral marketplace_elements(b.body -> 'lines') l
        """

    private static let tableReservations = """
        select n.name as namespace, t.id::text, t.member, t.reference, l.sku, l.location, t.state, \
        \(standings.map { "l.\($0)" }.joined(separator: ", ")), t.reserved_at as reserved, t.deadline, t.ended_at as \
        ended from marketplace_stock_reservation t join marketplace_stock_line l on l.namespace = t.namespace and \
        l.reservation = t.id join marketplace_namespace n on n.id = t.namespace
        """

    /// The units of a line that stand in one way.
    private static func units(_ line: String, _ standing: String) -> String {
        "coalesce(marketplace_integer(\(line) #> '{\(standing)}'), 0)"
    }

    /// The units of all lines that stand in one of these ways.
    private static func sum(_ standings: String...) -> String {
        standings.map { "sum(\(units("s", $0)))" }.joined(separator: " + ")
    }

    // MARK: - Movements

    /// The movements of an inventory on a store, which are events, and those of a table of stock.
    private static let movements = """
        create view marketplace_movements as select n.name as namespace, m.number, m.id, m.sku, m.location, m.kind, \
        \(columns(of: "m")), m.reservation, m.reference, marketplace_time(m.time) as time from (select e.namespace, \
        e.number, e.id, e.body ->> 'sku' as sku, e.body ->> 'location' as location, e.body ->> 'kind' as kind, \
        \(parts.map(delta).joined(separator: ", ")), e.body ->> 'reservation' as reservation, e.body ->> 'reference' as \
        reference, e.time from (select v.namespace, \(position("v")) as number, v.id, v.time, \
        marketplace_json(v.payload) as body from marketplace_event v join marketplace_stream s on s.id = v.stream where \
        s.category = 'stock' and v.name = 'StockMoved' offset 0) e union all select t.namespace, \(position("t")), t.id, \
        t.sku, t.location, t.kind, \(columns(of: "t")), t.reservation::text, t.reference, t.time from \
        marketplace_stock_movement t) m join marketplace_namespace n on n.id = m.namespace
        """

    /// A part that a movement does not name does not change.
    private static func delta(of part: (name: String, field: String, column: String)) -> String {
        """
        case when jsonb_typeof(e.body -> 'deltas') = 'object' and e.body #> '{deltas,\(part.field)}' is null then 0 \
        else marketplace_integer(e.body #> '{deltas,\(part.field)}') end as \(part.column)
        """
    }

    // MARK: - Sagas

    /// Sagas by their summaries: definition, state and time of change from the index entry that sagas are found by
    /// (a 2, the definition, two 0, a 2, the state, two 0, a 1 and eight bytes, the sign turned over), the id from the
    /// body.
    private static let sagas = """
        create view marketplace_sagas as select s.namespace, s.id, s.definition, substr(s.document, \
        length(s.definition) + 2) as key, marketplace_text(substring(s.value from s.middle + 3 for \
        greatest(length(s.value) - s.middle - 13, 0))) as state, marketplace_time(s.changed) as changed_at from (select \
        n.name as namespace, e.id as document, e.value, position('\\x0000'::bytea in e.value) as middle, case when \
        length(d.body) >= 17 and get_byte(d.body, 0) = 2 then encode(substring(d.body from 2 for 16), 'hex')::uuid end \
        as id, marketplace_text(substring(e.value from 2 for greatest(position('\\x0000'::bytea in e.value) - 2, 0))) as \
        definition, ('x' || encode(substring(e.value from greatest(length(e.value) - 7, 1)), 'hex'))::bit(64)::bigint # \
        (-9223372036854775808) as changed from marketplace_index i join marketplace_namespace n on n.id = i.namespace \
        join marketplace_entry e on e.index = i.id join marketplace_document d on d.number = e.document where \
        i.collection = '$saga' and i.name = 'definition') s
        """
}
