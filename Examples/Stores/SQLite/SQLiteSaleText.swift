#if SQLite
/// The questions about a sale in the SQL of SQLite; the first parameter is the namespace.
enum SQLiteSaleText {
    /// What is stored, as text where it is JSON: events, documents, counters and sagas of the namespace.
    private static let own = """
        with own as (select id from marketplace_namespace where name = ?1),
        events as (
            select s.category, s.key, e.name, cast(e.payload as text) as payload
            from own join marketplace_event e on e.namespace = own.id join marketplace_stream s on s.id = e.stream
            where e.is_journal = 0
        ),
        documents as (
            select d.collection, d.id, cast(d.body as text) as body
            from own join marketplace_document d on d.namespace = own.id
        ),
        counters as (select c.key, c.value from own join marketplace_counter c on c.namespace = own.id),
        sagas as (
            select cast(substr(e.value, 2, instr(substr(e.value, 2), x'0000') - 1) as text) as state
            from own join marketplace_entry e on e.namespace = own.id
            where e.collection = '$saga' and e.name = 'status'
        ),
        reservations as (
            select d.id, json_extract(line.value, '$.sku') as sku,
                coalesce(json_extract(line.value, '$.held'), 0) as held,
                coalesce(json_extract(line.value, '$.allocated'), 0) as allocated
            from documents d, json_each(d.body, '$.lines') line where d.collection = 'inventory-reservations'
        )
        """

    /// One row for each SKU, with the columns of ``StockRow``.
    static let stock = """
        \(own),
        moved as (
            select key as sku, sum(json_extract(payload, '$.deltas.onHand')) as on_hand,
                sum(json_extract(payload, '$.deltas.held')) as held,
                sum(json_extract(payload, '$.deltas.allocated')) as allocated
            from events where category = 'stock' and name = 'StockMoved' group by key
        ),
        reserved as (
            select sku, sum(held) as held, sum(allocated) as allocated from reservations group by sku
        )
        select i.id, \(counter("on-hand")), \(counter("held")), \(counter("allocated")), \(counter("unpromised")),
            coalesce(m.on_hand, 0), coalesce(m.held, 0), coalesce(m.allocated, 0),
            coalesce(r.held, 0), coalesce(r.allocated, 0)
        from documents i left join moved m on m.sku = i.id left join reserved r on r.sku = i.id
        where i.collection = 'inventory-items' order by i.id
        """

    private static func counter(_ part: String) -> String {
        "coalesce((select value from counters where key = 'stock/\(part)/4/main/' || i.id), 0)"
    }

    /// One row with the columns of ``OrderTotals``.
    static let orders = """
        \(own),
        orders as (
            select key, max(json_extract(payload, '$.total.minorUnits')) as minor,
                max(json_extract(payload, '$.to') = 'confirmed') as is_confirmed,
                max(json_extract(payload, '$.to') in ('confirmed', 'failed')) as is_ended
            from events where category = 'order' group by key
        ),
        payments as (
            select key, max(name in ('PaymentCaptured', 'PaymentVoided', 'PaymentFailed')) as is_ended,
                sum(case when name = 'PaymentCaptured' then json_extract(payload, '$.amount.minorUnits') end) as minor
            from events where category = 'payment' group by key
        ),
        confirmed as (select key, minor from orders where is_confirmed),
        held as (select id, held + allocated as units, allocated from reservations where held + allocated > 0)
        select (select count(*) from confirmed), (select coalesce(sum(minor), 0) from confirmed),
            (select count(*) from orders where is_ended is not 1),
            (select count(*) from payments where minor > 0), (select coalesce(sum(minor), 0) from payments),
            (select count(*) from payments where is_ended is not 1),
            (select count(*) from confirmed c left join payments p on p.key = c.key where p.minor is not c.minor),
            (select count(*) from confirmed c left join held h on h.id = c.key where coalesce(h.allocated, 0) < 1),
            (select count(*) from held h left join confirmed c on c.key = h.id where c.key is null)
        """

    /// A row for each status: how many sagas have it.
    static let sagas = "\(own) select state, count(*) from sagas group by state"

    /// A row for each of the reservations in a list, the second parameter, that are not found.
    static let missingReservations = """
        \(own)
        select wanted.value from json_each(?2) wanted where not exists (
            select 1 from own join marketplace_document d on d.namespace = own.id
            where d.collection = 'inventory-reservations' and d.id = wanted.value
        )
        """
}
#endif
