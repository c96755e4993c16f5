-- Reads the 500 events of an aggregate, then commits one event.
\set aggregate :n % :aggregates
\set from :n + 1
\set n :n + :batch
select e.turn, e.number, s.category, s.key, e.version, e.id, e.transaction_id, e.time, e.name, e.schema_version, e.command, e.headers, e.payload
    from marketplace_stream s join marketplace_event e on e.stream = s.id
    where s.namespace = :namespace::bigint and s.category = 'tally' and s.key = 'tally-' || :aggregate::bigint and e.version >= 1
    order by e.version limit 1000;
\startpipeline
insert into marketplace_stream (id, namespace, category, key, version)
    select (1::bigint << 59) + place, :namespace::bigint, repeat('c', :stream_category::int), lpad(place::text, :stream_key::int, 'k'), version
    from (select i % :streams::bigint, max(i / :streams::bigint) + 1 from generate_series(:from::bigint, :n::bigint) as i group by 1) as s (place, version)
    on conflict (id) do update set version = excluded.version;
insert into marketplace_event (namespace, is_journal, turn, number, stream, version, id, transaction_id, time, name, schema_version, command, headers, payload)
    select :namespace::bigint, false, :n::bigint, i, (1::bigint << 59) + i % :streams::bigint, i / :streams::bigint + 1, lpad(to_hex(i), 32, '0')::uuid, lpad(to_hex(i), 32, '0')::uuid, 1700000000000000 + i, repeat('n', :event_name::int), 1, nullif(repeat('c', :event_command::int), ''), repeat('f', :event_headers::int)::bytea, repeat('f', :event_payload::int)::bytea
    from generate_series(:from::bigint, :n::bigint) as i;
insert into marketplace_receipt (namespace, id, digest, receipt, due)
    select :namespace::bigint, lpad(to_hex(i), 32, '0')::uuid, lpad(to_hex(i), 32, '0')::uuid, repeat('r', :receipt::int)::bytea, 1700000000000000 + i
    from generate_series(:from::bigint, :n::bigint) as i;
\endpipeline
