#if SQLite
/// Where a database of SQLite is kept.
public enum SQLiteLocation: Sendable, Hashable {
    /// A file, made if there is none; its folder must exist. Beside it SQLite keeps `-wal` and `-shm` files.
    case file(String)
    /// The memory of this process, for tests: private, and gone when the database is.
    case memory

    /// The name of the file, for messages.
    var path: String {
        switch self {
        case .file(let path): path
        case .memory: ":memory:"
        }
    }

    /// The location as a URI, in which every byte that could mean something else is written as a number.
    var uri: String {
        guard case .file(let path) = self else { return "file::memory:" }
        var uri = path.utf8.first == UInt8(ascii: "/") ? "file://" : "file:./"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "-"):
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16)
                uri += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return uri
    }
}
#endif
