#if LibPQ
/// The questions about a sale in the SQL of PostgreSQL, all answers as text; the first parameter is the namespace.
enum PostgresSaleText {
    /// What is stored, as JSON where it is: events, documents, counters and sagas of the namespace.
    private static let own = """
        with own as (select id from marketplace_namespace where name = $1),
        events as (
            select s.category, s.key, e.name, convert_from(e.payload, 'UTF8')::jsonb as payload
            from own join marketplace_event e on e.namespace = own.id join marketplace_stream s on s.id = e.stream
            where not e.is_journal and s.category in ('order', 'payment', 'stock')
        ),
        counters as (select c.key, c.value from own join marketplace_counter c on c.namespace = own.id),
        sagas as (
            select convert_from(
                substring(e.value from 2 for position('\\x0000'::bytea in substring(e.value from 2)) - 1), 'UTF8'
            ) as state
            from own join marketplace_index i on i.namespace = own.id join marketplace_entry e on e.index = i.id
            where i.collection = '$saga' and i.name = 'status'
        ),
        reservations as (
            select d.id, line.value #>> '{sku}' as sku,
                coalesce((line.value #>> '{held}')::bigint, 0) as held,
                coalesce((line.value #>> '{allocated}')::bigint, 0) as allocated
            from own join marketplace_document d on d.namespace = own.id
                cross join lateral jsonb_array_elements(convert_from(d.body, 'UTF8')::jsonb -> 'lines') line
            where d.collection = 'inventory-reservations'
        )
        """

    /// One row for each SKU, with the columns of ``StockRow``.
    static let stock = """
        \(own),
        moved as (
            select key as sku, sum((payload #>> '{deltas,onHand}')::bigint) as on_hand,
                sum((payload #>> '{deltas,held}')::bigint) as held,
                sum((payload #>> '{deltas,allocated}')::bigint) as allocated
            from events where category = 'stock' and name = 'StockMoved' group by key
        ),
        reserved as (
            select sku, sum(held) as held, sum(allocated) as allocated from reservations group by sku
        )
        select i.id::text, \(counter("on-hand")), \(counter("held")), \(counter("allocated")),
            \(counter("unpromised")), coalesce(m.on_hand, 0)::text, coalesce(m.held, 0)::text,
            coalesce(m.allocated, 0)::text, coalesce(r.held, 0)::text, coalesce(r.allocated, 0)::text
        from own join marketplace_document i on i.namespace = own.id and i.collection = 'inventory-items'
            left join moved m on m.sku = i.id left join reserved r on r.sku = i.id
        order by i.id
        """

    private static func counter(_ part: String) -> String {
        "coalesce((select value from counters where key = 'stock/\(part)/4/main/' || i.id), 0)::text"
    }

    /// One row with the columns of ``OrderTotals``.
    static let orders = """
        \(own),
        orders as (
            select key, max((payload #>> '{total,minorUnits}')::bigint) as minor,
                coalesce(bool_or(payload ->> 'to' = 'confirmed'), false) as is_confirmed,
                coalesce(bool_or(payload ->> 'to' in ('confirmed', 'failed')), false) as is_ended
            from events where category = 'order' group by key
        ),
        payments as (
            select key, bool_or(name in ('PaymentCaptured', 'PaymentVoided', 'PaymentFailed')) as is_ended,
                sum((payload #>> '{amount,minorUnits}')::bigint) filter (where name = 'PaymentCaptured') as minor
            from events where category = 'payment' group by key
        ),
        confirmed as (select key, minor from orders where is_confirmed),
        held as (select id, held + allocated as units, allocated from reservations where held + allocated > 0)
        select (select count(*)::text from confirmed), (select coalesce(sum(minor), 0)::text from confirmed),
            (select count(*)::text from orders where not is_ended),
            (select count(*)::text from payments where minor > 0),
            (select coalesce(sum(minor), 0)::text from payments),
            (select count(*)::text from payments where not is_ended),
            (select count(*)::text from confirmed c left join payments p on p.key = c.key
                where p.minor is distinct from c.minor),
            (select count(*)::text from confirmed c left join held h on h.id = c.key where coalesce(h.allocated, 0) < 1),
            (select count(*)::text from held h left join confirmed c on c.key = h.id where c.key is null)
        """

    /// A row for each status: how many sagas have it.
    static let sagas = "\(own) select state::text, count(*)::text from sagas group by state"

    /// A row for each of the reservations in a list, the second parameter, that are not found.
    static let missingReservations = """
        with own as (select id from marketplace_namespace where name = $1)
        select wanted.value::text from jsonb_array_elements_text($2::jsonb) wanted where not exists (
            select from own join marketplace_document d on d.namespace = own.id
            where d.collection = 'inventory-reservations' and d.id = wanted.value
        )
        """
}
#endif
