-- One commit of as many reservations of one SKU as :batch, in one statement: each with the events that the library writes
-- for one, a document with its index entries, a counter of its member and a receipt, and the two counters of the SKU.
\set from :n + 1
\set n :n + :batch
with streams as (
    insert into marketplace_stream (id, namespace, category, key, version)
    values ((1::bigint << 59) + 1, :namespace::bigint, repeat('c', :stream_category::int), repeat('k', :stream_key::int), :n::bigint * :events::bigint)
    on conflict (id) do update set version = excluded.version
), events as (
    insert into marketplace_event (namespace, is_journal, turn, number, stream, version, id, transaction_id, time, name, schema_version, command, headers, payload)
    select :namespace::bigint, false, :n::bigint, i * :events::bigint + e, (1::bigint << 59) + 1, i * :events::bigint + e, lpad(to_hex(i), 32, '0')::uuid, lpad(to_hex(i), 32, '0')::uuid, 1700000000000000 + i, repeat('n', :event_name::int), 1, nullif(repeat('c', :event_command::int), ''), repeat('f', :event_headers::int)::bytea, repeat('f', :event_payload::int)::bytea
    from generate_series(:from::bigint, :n::bigint) as i, generate_series(1, :events::bigint) as e
), documents as (
    insert into marketplace_document (number, namespace, collection, id, revision, body, entries, unique_keys)
    select (1::bigint << 59) + i, :namespace::bigint, repeat('c', :document_collection::int), lpad(i::text, :document_id::int, 'd'), (1::bigint << 59) + i, repeat('f', :document_body::int)::bytea, repeat('f', :document_entries::int)::bytea, ''::bytea
    from generate_series(:from::bigint, :n::bigint) as i
), entries as (
    insert into marketplace_entry (index, value, id, document)
    select e, lpad(i::text, :entry_value::int, '0')::bytea, lpad(i::text, :document_id::int, 'd'), (1::bigint << 59) + i
    from generate_series(:from::bigint, :n::bigint) as i, generate_series(1, :entries::bigint) as e
), counters as (
    insert into marketplace_counter (namespace, key, value)
    select :namespace::bigint, lpad(i::text, :own_counter_key::int, 'o'), 1 from generate_series(:from::bigint, :n::bigint) as i
    union all
    select :namespace::bigint, lpad(i::text, :shared_counter_key::int, 's'), :batch::bigint from generate_series(1, :shared_counters::bigint) as i
    on conflict (namespace, key) do update set value = marketplace_counter.value + excluded.value
)
insert into marketplace_receipt (namespace, id, digest, receipt, due)
    select :namespace::bigint, md5(i::text)::uuid, md5(i::text)::uuid, repeat('r', :receipt::int)::bytea, 1700000000000000 + i
    from generate_series(:from::bigint, :n::bigint) as i;
