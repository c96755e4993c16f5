#if SQLite
import CMarketplaceSQLite
public import MarketplaceStorage

/// What SQLite said when it could not do something.
struct SQLiteFailure: Error, Hashable {
    /// The extended result code.
    let code: Int32
    let message: String

    /// The result code without its extension.
    var primary: Int32 { code & 0xFF }

    /// Stored bytes that this release did not write.
    static func unreadable(_ message: String) -> SQLiteFailure {
        SQLiteFailure(code: SQLITE_CORRUPT, message: message)
    }

    /// Reads stored bytes; what this release did not write is a failure.
    static func reading<Value>(_ body: () throws(BinaryFormatError) -> Value) throws(SQLiteFailure) -> Value {
        do throws(BinaryFormatError) {
            return try body()
        } catch {
            throw .unreadable("stored bytes: \(error)")
        }
    }

    /// The same as a failure of a store.
    var storeFailure: StoreFailure {
        switch primary {
        case SQLITE_BUSY, SQLITE_LOCKED: StoreFailure(.overloaded, "the database is locked: \(message)")
        case SQLITE_INTERRUPT: StoreFailure(.cancelled, "the read was interrupted")
        case SQLITE_CORRUPT, SQLITE_NOTADB: StoreFailure(.unreadable, message)
        case SQLITE_FULL: StoreFailure(.sqliteFull, message)
        case SQLITE_READONLY: StoreFailure(.sqliteReadOnly, message, isRetriable: false)
        case SQLITE_ERROR where message.contains(Self.noFTS5):
            StoreFailure(.sqliteWithoutFTS5, message, isRetriable: false)
        default: StoreFailure(.unavailable, "SQLite error \(code): \(message)")
        }
    }

    /// What SQLite says when it was built without FTS5; it has no code of its own for that.
    private static let noFTS5 = "no such module: fts5"

    /// Whether it lies in what one caller brought along, so that the others of its batch may do better without it.
    var isOfOneCaller: Bool {
        switch primary {
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_READONLY,
            SQLITE_NOMEM:
            false
        default: true
        }
    }
}

extension StoreFailure.Code {
    /// The disk, or the room the database may take, is full.
    public static let sqliteFull = StoreFailure.Code("sqlite: full")
    /// The library was built without FTS5, which a search index needs.
    static let sqliteWithoutFTS5 = StoreFailure.Code("sqlite: no FTS5")
    /// The database has become read-only.
    public static let sqliteReadOnly = StoreFailure.Code("sqlite: read-only")
}
#endif
