-- One commit of as many sales as :batch, each with the rows that the library writes for one: a stream, its event, a document
-- with its index entry, a receipt, and what all of them take from twenty counters. The statements of a pipeline are one
-- transaction and one round trip.
\set from :n + 1
\set n :n + :batch
\startpipeline
insert into marketplace_stream (id, namespace, category, key, version)
    select (1::bigint << 59) + i, :namespace::bigint, repeat('c', :stream_category::int), lpad(i::text, :stream_key::int, 'k'), :events::bigint
    from generate_series(:from::bigint, :n::bigint) as i;
insert into marketplace_event (namespace, is_journal, turn, number, stream, version, id, transaction_id, time, name, schema_version, command, headers, payload)
    select :namespace::bigint, false, :n::bigint, i * :events::bigint + e, (1::bigint << 59) + i, e, lpad(to_hex(i), 32, '0')::uuid, lpad(to_hex(i), 32, '0')::uuid, 1700000000000000 + i, repeat('n', :event_name::int), 1, nullif(repeat('c', :event_command::int), ''), repeat('f', :event_headers::int)::bytea, repeat('f', :event_payload::int)::bytea
    from generate_series(:from::bigint, :n::bigint) as i, generate_series(1, :events::bigint) as e;
insert into marketplace_document (number, namespace, collection, id, revision, body, entries, unique_keys)
    select (1::bigint << 59) + i, :namespace::bigint, repeat('c', :document_collection::int), lpad(i::text, :document_id::int, 'd'), (1::bigint << 59) + i, repeat('f', :document_body::int)::bytea, repeat('f', :document_entries::int)::bytea, ''::bytea
    from generate_series(:from::bigint, :n::bigint) as i;
insert into marketplace_entry (index, value, id, document)
    select e, lpad(i::text, :entry_value::int, '0')::bytea, lpad(i::text, :document_id::int, 'd'), (1::bigint << 59) + i
    from generate_series(:from::bigint, :n::bigint) as i, generate_series(1, :entries::bigint) as e;
insert into marketplace_counter (namespace, key, value)
    select :namespace::bigint, lpad((i % :shared_counters::bigint)::text, :shared_counter_key::int, 's'), count(*)
    from generate_series(:from::bigint, :n::bigint) as i group by 2
    on conflict (namespace, key) do update set value = marketplace_counter.value + excluded.value;
insert into marketplace_receipt (namespace, id, digest, receipt, due)
    select :namespace::bigint, lpad(to_hex(i), 32, '0')::uuid, lpad(to_hex(i), 32, '0')::uuid, repeat('r', :receipt::int)::bytea, 1700000000000000 + i
    from generate_series(:from::bigint, :n::bigint) as i;
\endpipeline
