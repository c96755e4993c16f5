#ifndef MARKETPLACE_RAW_SQLITE_H
#define MARKETPLACE_RAW_SQLITE_H

#include <stdint.h>

/// The raw limit of the store on SQLite: the rows of the library's commits, written with prepared statements and nothing
/// around them.
///
/// A raw program writes into a file whose tables the library has made, with the same pragmas, as many rows of the same
/// widths as the library writes for the same work. It looks nothing up: no repeated id, no version, no revision. All
/// it keeps of what a commit promises is the bound of a counter, which is part of the statement that adds to it.
///
/// Everything is in headers, because a C target of its own would be compiled without the trait as well, and without it
/// no C is compiled.
typedef struct marketplace_raw_sqlite marketplace_raw_sqlite;

/// The rows one unit of work writes in one commit, and how many bytes they have.
typedef struct {
    /// 1: its events begin a stream of its own.
    int32_t begins_stream;
    /// Otherwise they go on in one of so many streams; 0: in the one its first commit began.
    int32_t stream_pool;
    int32_t stream_category_bytes;
    int32_t stream_key_bytes;

    int32_t events;
    int32_t is_journal;
    int32_t event_name_bytes;
    int32_t event_command_bytes;
    int32_t event_headers_bytes;
    int32_t event_payload_bytes;

    /// 0: none, 1: a new one, 2: the unit's own once more, with all its index entries replaced.
    int32_t document;
    int32_t document_collection_bytes;
    int32_t document_id_bytes;
    int32_t document_body_bytes;
    int32_t document_entries_bytes;
    int32_t index_entries;
    int32_t index_name_bytes;
    int32_t index_value_bytes;

    /// Additions to counters out of a pool of so many, which a batch writes once each.
    int32_t shared_counters;
    int32_t shared_counter_pool;
    int32_t shared_counter_key_bytes;
    /// Counters of its own.
    int32_t own_counters;
    int32_t own_counter_key_bytes;

    /// 0: its id is not remembered.
    int32_t receipt_bytes;
    /// Whether the ids come in no order, as those that are derived from what is done.
    int32_t scatters_receipts;
} marketplace_raw_sqlite_commit;

/// Opens a file whose tables are there, to write rows of that namespace; NULL when it cannot be opened.
static marketplace_raw_sqlite *marketplace_raw_sqlite_open(const char *path, const char *name);

/// Closes the file.
static void marketplace_raw_sqlite_close(marketplace_raw_sqlite *raw);

/// What went wrong last.
static const char *marketplace_raw_sqlite_message(marketplace_raw_sqlite *raw);

/// Does so many units of work, of so many commits each, and returns how many; -1 when SQLite failed.
///
/// Always `batch` units share a transaction and its sync: their first commits one, their second commits the next.
static int64_t marketplace_raw_sqlite_write(
    marketplace_raw_sqlite *raw, const marketplace_raw_sqlite_commit *commits, int32_t count, int64_t units,
    int64_t batch);

/// Reads all events of a stream, and returns how many; -1 when SQLite failed.
static int64_t marketplace_raw_sqlite_load(marketplace_raw_sqlite *raw, const char *category, const char *key);

/// Reads a document, and returns how many there are; -1 when SQLite failed.
static int64_t marketplace_raw_sqlite_document(marketplace_raw_sqlite *raw, const char *collection, const char *id);

/// Copies the file page by page to another, which must not be there; 0 when it could not be done.
static int32_t marketplace_raw_sqlite_copy(marketplace_raw_sqlite *raw, const char *path);

/// The first number of the first row of a query; -1 when SQLite failed or there is none.
static int64_t marketplace_raw_sqlite_number(marketplace_raw_sqlite *raw, const char *sql);

#include "marketplace_raw_sqlite_program.h"

#endif
