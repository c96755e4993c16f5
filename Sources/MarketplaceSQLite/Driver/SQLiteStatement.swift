#if SQLite
import CMarketplaceSQLite

/// A prepared statement, and while it is stepped through also the row it stands on.
///
/// Safe to use because the pointer is the statement's own from preparing to finalizing, because what is bound is kept in
/// storage that outlives every step and is changed only by binding anew, and because everything that is read is copied
/// out of it. One thread at a time uses it: it never leaves the actor of its connection.
@safe
final class SQLiteStatement {
    private let pointer: OpaquePointer
    private let database: SQLiteHandle
    private let storage = SQLiteBoundStorage()

    /// Prepares the first statement of `sql`.
    init(_ sql: String, on database: SQLiteHandle) throws(SQLiteFailure) {
        var prepared: OpaquePointer?
        // The text is read during the call only.
        let code = unsafe sqlite3_prepare_v3(
            database.pointer,
            sql,
            -1,
            UInt32(SQLITE_PREPARE_PERSISTENT),
            &prepared,
            nil
        )
        guard code == SQLITE_OK, let prepared = unsafe prepared else { throw database.failure(code) }
        unsafe pointer = prepared
        self.database = database
    }

    deinit {
        _ = unsafe sqlite3_finalize(pointer)
    }

    /// Binds all parameters, from the first on.
    func bind(_ body: (inout SQLiteParameters) -> Void) throws(SQLiteFailure) {
        storage.clear()
        var parameters = unsafe SQLiteParameters(of: pointer, in: storage)
        body(&parameters)
        guard parameters.code == SQLITE_OK else { throw database.failure(parameters.code) }
    }

    /// The text of the statement with what is bound; for tests.
    var expandedSQL: String {
        guard let text = unsafe sqlite3_expanded_sql(pointer) else { return "" }
        defer { unsafe sqlite3_free(text) }
        return unsafe String(cString: text)
    }

    /// Goes on to the next row; false when there is none.
    func step() throws(SQLiteFailure) -> Bool {
        let code = unsafe sqlite3_step(pointer)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw database.failure(code)
        }
    }

    /// Ends the run, so that the statement can be bound and stepped anew.
    ///
    /// The code it returns repeats what the last step said.
    func reset() {
        _ = unsafe sqlite3_reset(pointer)
        _ = unsafe sqlite3_clear_bindings(pointer)
    }

    /// How many columns a row has.
    var columnCount: Int32 { unsafe sqlite3_column_count(pointer) }

    /// Whether a column of the row is NULL.
    func isNull(_ column: Int32) -> Bool {
        unsafe sqlite3_column_type(pointer, column) == SQLITE_NULL
    }

    /// A number of the row.
    func integer(_ column: Int32) -> Int64 {
        unsafe sqlite3_column_int64(pointer, column)
    }

    /// Bytes of the row.
    func bytes(_ column: Int32) -> [UInt8] {
        let address = unsafe sqlite3_column_blob(pointer, column)
        let count = Int(unsafe sqlite3_column_bytes(pointer, column))
        guard count > 0, let address = unsafe address else { return [] }
        // So many bytes are there until the next step, and they are copied now.
        return unsafe [UInt8](UnsafeRawBufferPointer(start: address, count: count))
    }

    /// A text of the row.
    func text(_ column: Int32) throws(SQLiteFailure) -> String {
        let address = unsafe sqlite3_column_text(pointer, column)
        let count = Int(unsafe sqlite3_column_bytes(pointer, column))
        guard count > 0, let address = unsafe address else { return "" }
        // So many bytes are there until the next step, and they are copied now.
        let text = unsafe String(validating: UnsafeBufferPointer(start: address, count: count), as: UTF8.self)
        guard let text else { throw .unreadable("a stored text is not UTF-8") }
        return text
    }

    /// The 128 bits of an identifier of the row.
    func bits(_ column: Int32) throws(SQLiteFailure) -> UInt128 {
        let address = unsafe sqlite3_column_blob(pointer, column)
        let count = Int(unsafe sqlite3_column_bytes(pointer, column))
        guard count == MemoryLayout<UInt128>.size, let address = unsafe address else {
            throw .unreadable("a stored identifier has \(count) bytes")
        }
        // So many bytes are there until the next step, and they are copied now.
        return unsafe UInt128(bigEndian: address.loadUnaligned(as: UInt128.self))
    }
}
#endif
