-- Four commits, one after the other, of as many sagas as :batch: each an event of the saga's stream, the first and the last
-- with its document.
\set from :n + 1
\set n :n + :batch
\startpipeline
insert into marketplace_stream (id, namespace, category, key, version)
    select (1::bigint << 59) + i, :namespace::bigint, repeat('c', :stream_category::int), lpad(i::text, :stream_key::int, 'k'), 1
    from generate_series(:from::bigint, :n::bigint) as i;
insert into marketplace_event (namespace, is_journal, turn, number, stream, version, id, transaction_id, time, name, schema_version, command, headers, payload)
    select :namespace::bigint, true, 4 * :n::bigint + 1, i, (1::bigint << 59) + i, 1, lpad(to_hex(i), 32, '0')::uuid, lpad(to_hex(i), 32, '0')::uuid, 1700000000000000 + i, repeat('n', :event_name::int), 1, nullif(repeat('c', :event_command::int), ''), repeat('f', :event_headers::int)::bytea, repeat('f', :event_payload_1::int)::bytea
    from generate_series(:from::bigint, :n::bigint) as i;
insert into marketplace_document (number, namespace, collection, id, revision, body, entries, unique_keys)
    select (1::bigint << 59) + i, :namespace::bigint, repeat('c', :document_collection::int), lpad(i::text, :document_id::int, 'd'), (1::bigint << 59) + i, repeat('f', :document_body::int)::bytea, repeat('f', :document_entries::int)::bytea, ''::bytea
    from generate_series(:from::bigint, :n::bigint) as i;
insert into marketplace_entry (index, value, id, document)
    select e, lpad(i::text, :entry_value::int, '0')::bytea, lpad(i::text, :document_id::int, 'd'), (1::bigint << 59) + i
    from generate_series(:from::bigint, :n::bigint) as i, generate_series(1, :entries::bigint) as e;
\endpipeline
\startpipeline
update marketplace_stream s set version = 2 from generate_series(:from::bigint, :n::bigint) as i where s.id = (1::bigint << 59) + i;
insert into marketplace_event (namespace, is_journal, turn, number, stream, version, id, transaction_id, time, name, schema_version, command, headers, payload)
    select :namespace::bigint, true, 4 * :n::bigint + 2, i, (1::bigint << 59) + i, 2, lpad(to_hex(i), 32, '0')::uuid, lpad(to_hex(i), 32, '0')::uuid, 1700000000000000 + i, repeat('n', :event_name::int), 1, nullif(repeat('c', :event_command::int), ''), repeat('f', :event_headers::int)::bytea, repeat('f', :event_payload_2::int)::bytea
    from generate_series(:from::bigint, :n::bigint) as i;
\endpipeline
\startpipeline
update marketplace_stream s set version = 3 from generate_series(:from::bigint, :n::bigint) as i where s.id = (1::bigint << 59) + i;
insert into marketplace_event (namespace, is_journal, turn, number, stream, version, id, transaction_id, time, name, schema_version, command, headers, payload)
    select :namespace::bigint, true, 4 * :n::bigint + 3, i, (1::bigint << 59) + i, 3, lpad(to_hex(i), 32, '0')::uuid, lpad(to_hex(i), 32, '0')::uuid, 1700000000000000 + i, repeat('n', :event_name::int), 1, nullif(repeat('c', :event_command::int), ''), repeat('f', :event_headers::int)::bytea, repeat('f', :event_payload_3::int)::bytea
    from generate_series(:from::bigint, :n::bigint) as i;
\endpipeline
\startpipeline
update marketplace_stream s set version = 4 from generate_series(:from::bigint, :n::bigint) as i where s.id = (1::bigint << 59) + i;
insert into marketplace_event (namespace, is_journal, turn, number, stream, version, id, transaction_id, time, name, schema_version, command, headers, payload)
    select :namespace::bigint, true, 4 * :n::bigint + 4, i, (1::bigint << 59) + i, 4, lpad(to_hex(i), 32, '0')::uuid, lpad(to_hex(i), 32, '0')::uuid, 1700000000000000 + i, repeat('n', :event_name::int), 1, nullif(repeat('c', :event_command::int), ''), repeat('f', :event_headers::int)::bytea, repeat('f', :event_payload_4::int)::bytea
    from generate_series(:from::bigint, :n::bigint) as i;
update marketplace_document d set revision = d.revision + 1, body = repeat('g', :document_body::int)::bytea, entries = repeat('g', :document_entries::int)::bytea
    from generate_series(:from::bigint, :n::bigint) as i where d.number = (1::bigint << 59) + i;
delete from marketplace_entry x using generate_series(:from::bigint, :n::bigint) as i, generate_series(1, :entries::bigint) as e
    where x.index = e and x.value = lpad(i::text, :entry_value::int, '0')::bytea and x.id = lpad(i::text, :document_id::int, 'd');
insert into marketplace_entry (index, value, id, document)
    select e, lpad((i + 1)::text, :entry_value::int, '0')::bytea, lpad(i::text, :document_id::int, 'd'), (1::bigint << 59) + i
    from generate_series(:from::bigint, :n::bigint) as i, generate_series(1, :entries::bigint) as e;
\endpipeline
