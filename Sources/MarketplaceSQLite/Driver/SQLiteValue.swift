#if SQLite
/// A value that is bound to a parameter of a statement.
enum SQLiteValue {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])

    /// The 16 bytes of an identifier or a digest.
    static func bits(_ bits: UInt128) -> SQLiteValue {
        .bytes((0..<16).map { UInt8(truncatingIfNeeded: bits >> UInt128(120 - 8 * $0)) })
    }
}
#endif
