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
    func bind(_ values: [SQLiteValue]) throws(SQLiteFailure) {
        storage.clear(room: values.reduce(0) { $0 + $1.byteCount })
        for (index, value) in values.enumerated() {
            let code = bind(value, at: Int32(index) + 1)
            guard code == SQLITE_OK else { throw database.failure(code) }
        }
    }

    /// Binds one parameter; texts and bytes are the statement's own copies, which SQLite needs no copies of.
    private func bind(_ value: SQLiteValue, at index: Int32) -> Int32 {
        switch value {
        case .null: return unsafe sqlite3_bind_null(pointer, index)
        case .integer(let number): return unsafe sqlite3_bind_int64(pointer, index, number)
        case .text(let text):
            let kept = unsafe storage.keep(text)
            let characters = unsafe kept.start.assumingMemoryBound(to: CChar.self)
            return unsafe sqlite3_bind_text(pointer, index, characters, Int32(kept.count), nil)
        case .bytes(let bytes):
            let kept = unsafe storage.keep(bytes)
            return unsafe sqlite3_bind_blob(pointer, index, kept.start, Int32(kept.count), nil)
        case .bits(let bits):
            let kept = unsafe storage.keep(bits)
            return unsafe sqlite3_bind_blob(pointer, index, kept.start, Int32(kept.count), nil)
        }
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
