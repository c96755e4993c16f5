#if SQLite
/// A value that is bound to a parameter of a statement.
enum SQLiteValue {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    /// The 16 bytes of an identifier or a digest, the highest first.
    case bits(UInt128)
}
#endif
