#if SQLite
import MarketplaceCore

/// A value that is bound to a parameter of a statement.
enum SQLiteValue {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    /// The 16 bytes of an identifier or a digest, the highest first.
    case bits(UInt128)

    /// A text, or NULL.
    static func text(orNull text: String?) -> SQLiteValue { text.map { .text($0) } ?? .null }

    /// A point in time, or NULL.
    static func time(orNull time: Timestamp?) -> SQLiteValue {
        time.map { .integer($0.microsecondsSinceEpoch) } ?? .null
    }

    /// How many rows are wanted at most; SQLite takes a negative number for all.
    static func limit(_ limit: Int) -> SQLiteValue { .integer(Int64(max(0, limit))) }
}
#endif
