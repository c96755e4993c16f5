#ifndef CMARKETPLACESQLITE_SHIM_H
#define CMARKETPLACESQLITE_SHIM_H

#if defined(__has_include) && !__has_include(<sqlite3.h>)
#error "sqlite3.h was not found: install libsqlite3-dev (Debian, Ubuntu: apt-get install libsqlite3-dev) or sqlite (Homebrew: brew install sqlite), or build without the trait SQLite"
#endif

#include <sqlite3.h>

#if SQLITE_VERSION_NUMBER < 3037000
#error "SQLite 3.37 or later is needed, for strict tables: install a newer libsqlite3-dev (apt) or sqlite (brew)"
#endif

/// The destructor that makes SQLite copy what is bound: a macro with a cast, which Swift does not import.
static inline sqlite3_destructor_type marketplace_sqlite_transient(void) { return SQLITE_TRANSIENT; }

/// `sqlite3_db_config` is variadic, which Swift does not import either. Refuses what corrupts a file by SQL.
static inline int marketplace_sqlite_set_defensive(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

/// Whether closing the last connection leaves the write-ahead log as it is.
static inline int marketplace_sqlite_set_untouched(sqlite3 *database, int is_untouched) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, is_untouched, (int *)0);
}

#endif
