-- Reads the event and the document of an order; each select must find one row.
\set order :at * :scatter % :orders
\set at :at + 1
select e.turn, e.number, s.category, s.key, e.version, e.id, e.transaction_id, e.time, e.name, e.schema_version, e.command, e.headers, e.payload
    from marketplace_stream s join marketplace_event e on e.stream = s.id
    where s.namespace = :namespace::bigint and s.category = 'order' and s.key = 'order-' || lpad(:order::text, 10, '0') and e.version >= 1
    order by e.version limit 100
\gset event_
select revision, body from marketplace_document
    where namespace = :namespace::bigint and collection = 'orders' and id = 'order-' || lpad(:order::text, 10, '0')
\gset document_
