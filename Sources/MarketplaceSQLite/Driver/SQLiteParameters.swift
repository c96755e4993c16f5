#if SQLite
import CMarketplaceSQLite

/// The parameters of a statement, bound one after the other from the first on.
///
/// Texts and bytes are copied to storage of the statement, which SQLite needs no copies of. Safe to use because the
/// statement lends its pointer and its storage for the length of ``SQLiteStatement/bind(_:)`` alone: what cannot be
/// copied cannot be kept.
@safe
struct SQLiteParameters: ~Copyable {
    private let statement: OpaquePointer
    private let storage: SQLiteBoundStorage
    private var index: Int32 = 0
    /// What the first call said that failed; the ones behind it are not made.
    private(set) var code = SQLITE_OK

    init(of statement: OpaquePointer, in storage: SQLiteBoundStorage) {
        unsafe self.statement = statement
        self.storage = storage
    }

    /// Binds NULL.
    mutating func null() {
        guard advance() else { return }
        code = unsafe sqlite3_bind_null(statement, index)
    }

    /// Binds a number.
    mutating func integer(_ number: Int64) {
        guard advance() else { return }
        code = unsafe sqlite3_bind_int64(statement, index, number)
    }

    /// Binds a text.
    mutating func text(_ text: String) {
        guard advance() else { return }
        let kept = unsafe storage.keep(text)
        let characters = unsafe kept.start.assumingMemoryBound(to: CChar.self)
        code = unsafe sqlite3_bind_text(statement, index, characters, Int32(kept.count), nil)
    }

    /// Binds bytes.
    mutating func bytes(_ bytes: [UInt8]) {
        guard advance() else { return }
        let kept = unsafe storage.keep(bytes)
        code = unsafe sqlite3_bind_blob(statement, index, kept.start, Int32(kept.count), nil)
    }

    /// Binds the 16 bytes of an identifier or a digest, the highest first.
    mutating func bits(_ bits: UInt128) {
        guard advance() else { return }
        let kept = unsafe storage.keep(bits)
        code = unsafe sqlite3_bind_blob(statement, index, kept.start, Int32(kept.count), nil)
    }

    private mutating func value(_ value: SQLiteValue) {
        switch value {
        case .null: null()
        case .integer(let number): integer(number)
        case .text(let string): text(string)
        case .bytes(let data): bytes(data)
        case .bits(let number): bits(number)
        }
    }

    /// Binds values.
    mutating func values(_ values: [SQLiteValue]) {
        for value in values { self.value(value) }
    }

    /// Goes on to the next parameter; false when one before it could not be bound.
    private mutating func advance() -> Bool {
        index += 1
        return code == SQLITE_OK
    }
}
#endif
