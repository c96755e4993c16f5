#if SQLite
/// A value that is bound to a parameter of a statement.
enum SQLiteValue {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    /// The 16 bytes of an identifier or a digest, the highest first.
    case bits(UInt128)

    /// How many bytes of storage it needs while it is bound.
    var byteCount: Int {
        switch self {
        case .null, .integer: 0
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .bits: MemoryLayout<UInt128>.size
        }
    }
}
#endif
