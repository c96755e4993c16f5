#if SQLite
import CMarketplaceSQLite

/// An open connection of the C library.
///
/// Safe to use because the pointer is the handle's own from opening to closing; statements keep their handle alive.
/// One thread at a time uses it: it never leaves the actor of its connection, ``interrupt()`` excepted.
@safe
final class SQLiteHandle {
    /// For statements.
    let pointer: OpaquePointer

    /// Opens a file named by a URI.
    init(uri: String, flags: Int32) throws(SQLiteFailure) {
        var opened: OpaquePointer?
        let all = flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = unsafe sqlite3_open_v2(uri, &opened, all, nil)
        guard code == SQLITE_OK, let opened = unsafe opened else {
            let message = unsafe opened.map { unsafe String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            // A connection that failed to open must be closed as well.
            _ = unsafe sqlite3_close_v2(opened)
            throw SQLiteFailure(code: code, message: message)
        }
        unsafe pointer = opened
    }

    deinit {
        _ = unsafe sqlite3_close_v2(pointer)
    }

    /// What the last call said, as an error.
    func failure(_ code: Int32) -> SQLiteFailure {
        SQLiteFailure(code: code, message: unsafe String(cString: sqlite3_errmsg(pointer)))
    }

    /// Runs statements without parameters or rows that matter; their text is the package's own, never data.
    func execute(_ sql: String) throws(SQLiteFailure) {
        let code = unsafe sqlite3_exec(pointer, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    /// Whether no transaction is open.
    var isOutsideOfTransactions: Bool { unsafe sqlite3_get_autocommit(pointer) != 0 }

    /// The row id of the last insertion.
    var lastRowID: Int64 { unsafe sqlite3_last_insert_rowid(pointer) }

    /// How many rows the last statement that writes has inserted, changed or deleted.
    var changedRowCount: Int64 { unsafe sqlite3_changes64(pointer) }

    /// Whether the file can only be read.
    var isReadOnly: Bool { unsafe sqlite3_db_readonly(pointer, "main") == 1 }

    /// How long a statement waits for other processes.
    func setBusyTimeout(milliseconds: Int32) {
        _ = unsafe sqlite3_busy_timeout(pointer, milliseconds)
    }

    /// Keeps this connection's thread, which is nobody else's, for a while.
    func pause(milliseconds: Int32) {
        _ = sqlite3_sleep(milliseconds)
    }

    /// Whether closing leaves the write-ahead log alone, for a file that may not be ours.
    func setUntouched(_ isUntouched: Bool) {
        _ = unsafe marketplace_sqlite_set_untouched(pointer, isUntouched ? 1 : 0)
    }

    /// Switches off what could damage the file by way of SQL.
    func setDefensive() {
        _ = unsafe marketplace_sqlite_set_defensive(pointer)
    }
}
#endif
