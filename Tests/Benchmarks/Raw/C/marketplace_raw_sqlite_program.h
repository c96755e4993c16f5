#ifndef MARKETPLACE_RAW_SQLITE_PROGRAM_H
#define MARKETPLACE_RAW_SQLITE_PROGRAM_H

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    begin, commit, rollback,
    insert_stream, update_stream, insert_event,
    insert_document, update_document, insert_entry, delete_entry,
    insert_counter, add_counter,
    insert_receipt, update_namespace, load, document,
    statement_count
};

static const char *const texts[statement_count] = {
    [begin] = "begin immediate",
    [commit] = "commit",
    [rollback] = "rollback",
    [insert_stream] =
        "insert into marketplace_stream (namespace, category, key, version) values (?1, ?2, ?3, ?4)",
    [update_stream] = "update marketplace_stream set version = ?2 where id = ?1",
    [insert_event] =
        "insert into marketplace_event (namespace, is_journal, position, stream, version, id, transaction_id, time,"
        " name, schema_version, command, headers, payload, category)"
        " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10, ?11, ?12, ?13)",
    [insert_document] =
        "insert into marketplace_document (namespace, collection, id, revision, body, entries, unique_keys)"
        " values (?1, ?2, ?3, ?4, ?5, ?6, x'')",
    [update_document] = "update marketplace_document set revision = ?2, body = ?3, entries = ?4 where number = ?1",
    [insert_entry] =
        "insert into marketplace_entry (namespace, collection, name, value, id, document)"
        " values (?1, ?2, ?3, ?4, ?5, ?6)",
    [delete_entry] =
        "delete from marketplace_entry where namespace = ?1 and collection = ?2 and name = ?3 and value = ?4"
        " and id = ?5",
    [insert_counter] = "insert into marketplace_counter (namespace, key, value) values (?1, ?2, ?3)",
    [add_counter] =
        "insert into marketplace_counter (namespace, key, value) values (?1, ?2, ?3) on conflict do update set"
        " value = value + excluded.value where value + excluded.value <= 1000000000",
    [insert_receipt] =
        "insert into marketplace_receipt (namespace, id, digest, receipt, due) values (?1, ?2, ?3, ?4, ?5)",
    [update_namespace] = "update marketplace_namespace set position = ?2, revision = ?3 where id = ?1",
    [load] =
        "select e.position, e.version, e.id, e.transaction_id, e.time, e.name, e.schema_version, e.command, e.headers,"
        " e.payload from marketplace_stream s cross join marketplace_event e on e.stream = s.id"
        " where s.namespace = ?1 and s.category = ?2 and s.key = ?3 order by e.version",
    [document] =
        "select revision, body from marketplace_document where namespace = ?1 and collection = ?2 and id = ?3",
};

enum { pool_limit = 1024, filler_size = 65536, text_size = 512 };

/// What a unit of work takes along from one of its commits to the next.
struct unit {
    int64_t number, stream, version, document, entry;
};

/// A row that units share, and what the batch adds to it.
struct shared {
    int64_t id, version, delta;
};

struct marketplace_raw_sqlite {
    sqlite3 *database;
    sqlite3_stmt *statements[statement_count];
    int64_t namespace, position, revision, next_unit, next_receipt;
    struct shared streams[pool_limit], counters[pool_limit];
    char filler[filler_size];
    char texts[4][text_size];
};

/// Bytes of that width: the filler, with a number at its end.
static const char *text(marketplace_raw_sqlite *raw, int slot, char kind, int32_t width, int64_t number) {
    char *place = raw->texts[slot];
    memset(place, kind, (size_t)width);
    for (int32_t at = width; at > 1 && number > 0; number /= 10) place[--at] = (char)('0' + number % 10);
    return place;
}

/// The 16 bytes of an identifier that grows with a number, or jumps about with it (splitmix64).
static void identifier(uint8_t bytes[16], int64_t number, int scatters) {
    uint64_t high = (uint64_t)number, low = 0x9E3779B97F4A7C15u * (uint64_t)(number + 1);
    if (scatters) {
        high = low;
        high = (high ^ (high >> 30)) * 0xBF58476D1CE4E5B9u;
        high = (high ^ (high >> 27)) * 0x94D049BB133111EBu;
        high ^= high >> 31;
    }
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(high >> (56 - 8 * i));
        bytes[8 + i] = (uint8_t)(low >> (56 - 8 * i));
    }
}

static void bind_filler(marketplace_raw_sqlite *raw, sqlite3_stmt *statement, int at, int32_t width) {
    sqlite3_bind_blob(statement, at, raw->filler, width, SQLITE_STATIC);
}

static void bind_text(sqlite3_stmt *statement, int at, const char *text, int32_t width) {
    sqlite3_bind_text(statement, at, text, width, SQLITE_STATIC);
}

static int run(marketplace_raw_sqlite *raw, int which) {
    int code = sqlite3_step(raw->statements[which]);
    sqlite3_reset(raw->statements[which]);
    return code == SQLITE_DONE;
}

static int write_stream(marketplace_raw_sqlite *raw, const marketplace_raw_sqlite_commit *shape, int64_t number) {
    sqlite3_stmt *statement = raw->statements[insert_stream];
    sqlite3_bind_int64(statement, 1, raw->namespace);
    bind_text(statement, 2, text(raw, 0, 'c', shape->stream_category_bytes, 0), shape->stream_category_bytes);
    bind_text(statement, 3, text(raw, 1, 'x', shape->stream_key_bytes, number), shape->stream_key_bytes);
    sqlite3_bind_int64(statement, 4, shape->events);
    return run(raw, insert_stream);
}

/// Finds the stream of a unit's events, begins it if need be, and counts them.
static int find_stream(
    marketplace_raw_sqlite *raw, const marketplace_raw_sqlite_commit *shape, struct unit *unit, int64_t *version) {
    if (shape->stream_pool > 0) {
        struct shared *stream = &raw->streams[unit->number % shape->stream_pool];
        *version = stream->version;
        if (stream->id == 0) {
            if (!write_stream(raw, shape, unit->number % shape->stream_pool)) return 0;
            stream->id = sqlite3_last_insert_rowid(raw->database);
        } else {
            stream->delta += shape->events;
        }
        stream->version += shape->events;
        unit->stream = stream->id;
        return 1;
    }
    if (shape->begins_stream) {
        if (!write_stream(raw, shape, unit->number)) return 0;
        unit->stream = sqlite3_last_insert_rowid(raw->database);
        unit->version = 0;
    }
    *version = unit->version;
    unit->version += shape->events;
    if (shape->begins_stream) return 1;
    sqlite3_bind_int64(raw->statements[update_stream], 1, unit->stream);
    sqlite3_bind_int64(raw->statements[update_stream], 2, unit->version);
    return run(raw, update_stream);
}

static int write_events(marketplace_raw_sqlite *raw, const marketplace_raw_sqlite_commit *shape, struct unit *unit) {
    int64_t version = 0;
    uint8_t id[16], transaction[16];
    if (!find_stream(raw, shape, unit, &version)) return 0;
    sqlite3_stmt *statement = raw->statements[insert_event];
    identifier(transaction, raw->next_receipt, shape->scatters_receipts);
    for (int32_t event = 0; event < shape->events; event++) {
        raw->position += 1;
        identifier(id, raw->position, 0);
        sqlite3_bind_int64(statement, 1, raw->namespace);
        sqlite3_bind_int64(statement, 2, shape->is_journal);
        sqlite3_bind_int64(statement, 3, raw->position);
        sqlite3_bind_int64(statement, 4, unit->stream);
        sqlite3_bind_int64(statement, 5, version + event + 1);
        sqlite3_bind_blob(statement, 6, id, 16, SQLITE_STATIC);
        sqlite3_bind_blob(statement, 7, transaction, 16, SQLITE_STATIC);
        sqlite3_bind_int64(statement, 8, 1700000000000000 + raw->position);
        bind_text(statement, 9, raw->filler, shape->event_name_bytes);
        if (shape->event_command_bytes > 0) bind_text(statement, 10, raw->filler, shape->event_command_bytes);
        else sqlite3_bind_null(statement, 10);
        bind_filler(raw, statement, 11, shape->event_headers_bytes);
        bind_filler(raw, statement, 12, shape->event_payload_bytes);
        bind_text(
            statement, 13, text(raw, 0, 'c', shape->stream_category_bytes, 0), shape->stream_category_bytes);
        if (!run(raw, insert_event)) return 0;
    }
    return 1;
}

static int change_entries(
    marketplace_raw_sqlite *raw, const marketplace_raw_sqlite_commit *shape, struct unit *unit, int which) {
    sqlite3_stmt *statement = raw->statements[which];
    for (int32_t entry = 0; entry < shape->index_entries; entry++) {
        sqlite3_bind_int64(statement, 1, raw->namespace);
        bind_text(statement, 2, text(raw, 0, 'c', shape->document_collection_bytes, 0), shape->document_collection_bytes);
        bind_text(statement, 3, text(raw, 1, (char)('a' + entry), shape->index_name_bytes, 0), shape->index_name_bytes);
        sqlite3_bind_blob(
            statement, 4, text(raw, 2, '0', shape->index_value_bytes, unit->entry), shape->index_value_bytes,
            SQLITE_STATIC);
        bind_text(statement, 5, text(raw, 3, 'x', shape->document_id_bytes, unit->number), shape->document_id_bytes);
        if (which == insert_entry) sqlite3_bind_int64(statement, 6, unit->document);
        if (!run(raw, which)) return 0;
    }
    return 1;
}

static int write_document(marketplace_raw_sqlite *raw, const marketplace_raw_sqlite_commit *shape, struct unit *unit) {
    raw->revision += 1;
    if (shape->document == 2) {
        sqlite3_stmt *statement = raw->statements[update_document];
        sqlite3_bind_int64(statement, 1, unit->document);
        sqlite3_bind_int64(statement, 2, raw->revision);
        bind_filler(raw, statement, 3, shape->document_body_bytes);
        bind_filler(raw, statement, 4, shape->document_entries_bytes);
        if (!run(raw, update_document) || !change_entries(raw, shape, unit, delete_entry)) return 0;
    } else {
        sqlite3_stmt *statement = raw->statements[insert_document];
        sqlite3_bind_int64(statement, 1, raw->namespace);
        bind_text(statement, 2, text(raw, 0, 'c', shape->document_collection_bytes, 0), shape->document_collection_bytes);
        bind_text(statement, 3, text(raw, 1, 'x', shape->document_id_bytes, unit->number), shape->document_id_bytes);
        sqlite3_bind_int64(statement, 4, raw->revision);
        bind_filler(raw, statement, 5, shape->document_body_bytes);
        bind_filler(raw, statement, 6, shape->document_entries_bytes);
        if (!run(raw, insert_document)) return 0;
        unit->document = sqlite3_last_insert_rowid(raw->database);
    }
    unit->entry = raw->revision;
    return change_entries(raw, shape, unit, insert_entry);
}

static int write_counters(marketplace_raw_sqlite *raw, const marketplace_raw_sqlite_commit *shape, struct unit *unit) {
    for (int32_t counter = 0; counter < shape->shared_counters; counter++) {
        raw->counters[(unit->number * shape->shared_counters + counter) % shape->shared_counter_pool].delta += 1;
    }
    sqlite3_stmt *statement = raw->statements[insert_counter];
    for (int32_t counter = 0; counter < shape->own_counters; counter++) {
        sqlite3_bind_int64(statement, 1, raw->namespace);
        int64_t number = unit->number * shape->own_counters + counter;
        bind_text(statement, 2, text(raw, 0, 'x', shape->own_counter_key_bytes, number), shape->own_counter_key_bytes);
        sqlite3_bind_int64(statement, 3, 1);
        if (!run(raw, insert_counter)) return 0;
    }
    return 1;
}

static int write_receipt(marketplace_raw_sqlite *raw, const marketplace_raw_sqlite_commit *shape) {
    uint8_t id[16];
    sqlite3_stmt *statement = raw->statements[insert_receipt];
    identifier(id, raw->next_receipt++, shape->scatters_receipts);
    sqlite3_bind_int64(statement, 1, raw->namespace);
    sqlite3_bind_blob(statement, 2, id, 16, SQLITE_STATIC);
    bind_filler(raw, statement, 3, 16);
    bind_filler(raw, statement, 4, shape->receipt_bytes);
    sqlite3_bind_int64(statement, 5, 1700000000000000 + raw->next_receipt);
    return run(raw, insert_receipt);
}

static int write_commit(marketplace_raw_sqlite *raw, const marketplace_raw_sqlite_commit *shape, struct unit *unit) {
    if (shape->events > 0 && !write_events(raw, shape, unit)) return 0;
    if (shape->document != 0 && !write_document(raw, shape, unit)) return 0;
    if (!write_counters(raw, shape, unit)) return 0;
    return shape->receipt_bytes == 0 || write_receipt(raw, shape);
}

/// Writes the rows that the units of a batch share.
static int write_shared(marketplace_raw_sqlite *raw, const marketplace_raw_sqlite_commit *shape) {
    for (int32_t at = 0; at < shape->stream_pool; at++) {
        if (raw->streams[at].delta == 0) continue;
        raw->streams[at].delta = 0;
        sqlite3_bind_int64(raw->statements[update_stream], 1, raw->streams[at].id);
        sqlite3_bind_int64(raw->statements[update_stream], 2, raw->streams[at].version);
        if (!run(raw, update_stream)) return 0;
    }
    sqlite3_stmt *statement = raw->statements[add_counter];
    for (int32_t at = 0; at < shape->shared_counter_pool; at++) {
        if (raw->counters[at].delta == 0) continue;
        sqlite3_bind_int64(statement, 1, raw->namespace);
        bind_text(
            statement, 2, text(raw, 0, 's', shape->shared_counter_key_bytes, at + 1), shape->shared_counter_key_bytes);
        sqlite3_bind_int64(statement, 3, raw->counters[at].delta);
        raw->counters[at].delta = 0;
        if (!run(raw, add_counter)) return 0;
    }
    sqlite3_bind_int64(raw->statements[update_namespace], 1, raw->namespace);
    sqlite3_bind_int64(raw->statements[update_namespace], 2, raw->position);
    sqlite3_bind_int64(raw->statements[update_namespace], 3, raw->revision);
    return run(raw, update_namespace);
}

static int write_batch(
    marketplace_raw_sqlite *raw, const marketplace_raw_sqlite_commit *shape, struct unit *units, int64_t count) {
    if (!run(raw, begin)) return 0;
    for (int64_t at = 0; at < count; at++) {
        if (!write_commit(raw, shape, &units[at])) return 0;
    }
    return write_shared(raw, shape) && run(raw, commit);
}

static int64_t marketplace_raw_sqlite_write(
    marketplace_raw_sqlite *raw, const marketplace_raw_sqlite_commit *commits, int32_t count, int64_t units,
    int64_t batch) {
    struct unit *batched = calloc((size_t)batch, sizeof(struct unit));
    if (batched == NULL) return -1;
    int64_t done = 0;
    while (done < units) {
        int64_t size = units - done < batch ? units - done : batch;
        for (int64_t at = 0; at < size; at++) batched[at].number = raw->next_unit++;
        for (int32_t at = 0; at < count; at++) {
            if (write_batch(raw, &commits[at], batched, size)) continue;
            run(raw, rollback);
            free(batched);
            return -1;
        }
        done += size;
    }
    free(batched);
    return done;
}

/// Reads all rows of a statement that begins with a namespace and two texts, and looks at every column.
static int64_t read_rows(marketplace_raw_sqlite *raw, int which, const char *first, const char *second) {
    sqlite3_stmt *statement = raw->statements[which];
    int columns = sqlite3_column_count(statement);
    int64_t count = 0;
    volatile int64_t witness = 0;
    int code;
    sqlite3_bind_int64(statement, 1, raw->namespace);
    sqlite3_bind_text(statement, 2, first, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, second, -1, SQLITE_STATIC);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int column = 0; column + 1 < columns; column++) witness += sqlite3_column_bytes(statement, column);
        const uint8_t *payload = sqlite3_column_blob(statement, columns - 1);
        int size = sqlite3_column_bytes(statement, columns - 1);
        if (size > 0) witness += payload[size - 1];
        count += 1;
    }
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? count : -1;
}

static int64_t marketplace_raw_sqlite_load(marketplace_raw_sqlite *raw, const char *category, const char *key) {
    return read_rows(raw, load, category, key);
}

static int64_t marketplace_raw_sqlite_document(marketplace_raw_sqlite *raw, const char *collection, const char *id) {
    return read_rows(raw, document, collection, id);
}

static int32_t marketplace_raw_sqlite_copy(marketplace_raw_sqlite *raw, const char *path) {
    sqlite3 *copy = NULL;
    int is_done = 0;
    if (sqlite3_open(path, &copy) == SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(copy, "main", raw->database, "main");
        is_done = backup != NULL && sqlite3_backup_step(backup, -1) == SQLITE_DONE;
        if (backup != NULL) is_done = sqlite3_backup_finish(backup) == SQLITE_OK && is_done;
    }
    sqlite3_close(copy);
    return is_done;
}

static int64_t marketplace_raw_sqlite_number(marketplace_raw_sqlite *raw, const char *sql) {
    sqlite3_stmt *statement = NULL;
    int64_t number = -1;
    if (sqlite3_prepare_v2(raw->database, sql, -1, &statement, NULL) != SQLITE_OK) return -1;
    if (sqlite3_step(statement) == SQLITE_ROW) number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

static const char *marketplace_raw_sqlite_message(marketplace_raw_sqlite *raw) { return sqlite3_errmsg(raw->database); }

static void marketplace_raw_sqlite_close(marketplace_raw_sqlite *raw) {
    for (int at = 0; at < statement_count; at++) sqlite3_finalize(raw->statements[at]);
    sqlite3_close(raw->database);
    free(raw);
}

/// Finds the namespace or makes it, and goes on where its feed and its revisions stand.
static int find_namespace(marketplace_raw_sqlite *raw, const char *name) {
    const char *const insert =
        "insert or ignore into marketplace_namespace (name, position, revision) values (?1, 0, 0)";
    const char *const find = "select id, position, revision from marketplace_namespace where name = ?1";
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(raw->database, insert, -1, &statement, NULL) != SQLITE_OK) return 0;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    if (sqlite3_prepare_v2(raw->database, find, -1, &statement, NULL) != SQLITE_OK) return 0;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        raw->namespace = sqlite3_column_int64(statement, 0);
        raw->position = sqlite3_column_int64(statement, 1);
        raw->revision = sqlite3_column_int64(statement, 2);
    }
    sqlite3_finalize(statement);
    return raw->namespace > 0;
}

static marketplace_raw_sqlite *marketplace_raw_sqlite_open(const char *path, const char *name) {
    const char *pragmas =
        "pragma trusted_schema = off; pragma cell_size_check = on; pragma temp_store = memory;"
        "pragma synchronous = full; pragma cache_size = -16384; pragma journal_mode = wal";
    marketplace_raw_sqlite *raw = calloc(1, sizeof(marketplace_raw_sqlite));
    if (raw == NULL) return NULL;
    memset(raw->filler, 'f', filler_size);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    int is_open = sqlite3_open_v2(path, &raw->database, flags, NULL) == SQLITE_OK
        && sqlite3_exec(raw->database, pragmas, NULL, NULL, NULL) == SQLITE_OK && find_namespace(raw, name);
    for (int at = 0; is_open && at < statement_count; at++) {
        int code = sqlite3_prepare_v3(
            raw->database, texts[at], -1, SQLITE_PREPARE_PERSISTENT, &raw->statements[at], NULL);
        is_open = code == SQLITE_OK;
    }
    if (is_open) return raw;
    marketplace_raw_sqlite_close(raw);
    return NULL;
}

#endif
