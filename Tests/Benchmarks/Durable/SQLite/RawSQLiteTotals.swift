#if SQLite
/// How many rows the tables of a file have, and how many bytes of texts and blobs these hold.
struct RawSQLiteTotals: CustomStringConvertible {
    /// The tables work writes to, with the columns whose width differs.
    private static let tables = [
        ("stream", ["category", "key"]),
        ("event", ["category", "id", "transaction_id", "name", "command", "headers", "payload"]),
        ("document", ["collection", "id", "body", "entries", "unique_keys"]),
        ("entry", ["collection", "name", "value", "id"]),
        ("unique", ["key"]),
        ("counter", ["key"]),
        ("fence", ["key"]),
        ("receipt", ["id", "digest", "receipt"]),
    ]

    private var rows: [Int64]
    private var bytes: [Int64]

    init(of file: SQLiteFile) throws {
        self = try RawSQLite.numbers(of: file) { number in try RawSQLiteTotals(number) }
    }

    init(_ number: (String) throws -> Int64) rethrows {
        rows = try Self.tables.map { try number("select count(*) from marketplace_\($0.0)") }
        bytes = try Self.tables.map { name, columns in
            let sum = columns.map { "coalesce(sum(length(cast(\($0) as blob))), 0)" }.joined(separator: " + ")
            return try number("select \(sum) from marketplace_\(name)")
        }
    }

    /// How many rows a table has.
    func rows(of table: String) -> Int64 { rows[place(of: table)] }

    /// How many bytes of texts and blobs a table holds.
    func bytes(of table: String) -> Int64 { bytes[place(of: table)] }

    private func place(of table: String) -> Int { Self.tables.firstIndex { $0.0 == table } ?? 0 }

    static func - (left: RawSQLiteTotals, right: RawSQLiteTotals) -> RawSQLiteTotals {
        var difference = left
        for index in left.rows.indices {
            difference.rows[index] -= right.rows[index]
            difference.bytes[index] -= right.bytes[index]
        }
        return difference
    }

    /// Whether the same was written, but for the counters and streams that were there before on one side, and for bytes that
    /// averages of widths make more or less: fewer than two in a hundred of any table.
    func isLike(_ other: RawSQLiteTotals, _ shape: RawSQLiteShape) -> Bool {
        rows.indices.allSatisfy { index in
            switch Self.tables[index].0 {
            case "counter": return rows[index] == other.rows[index] + shape.sharedCounters
            case "stream" where shape.sharedStreams > 0: return rows[index] == other.rows[index] + shape.sharedStreams
            default: break
            }
            return rows[index] == other.rows[index] && abs(bytes[index] - other.bytes[index]) * 50 <= other.bytes[index]
        }
    }

    var description: String {
        zip(Self.tables, zip(rows, bytes)).map { "\($0.0) \($1.0) rows of \($1.1) bytes" }.joined(separator: ", ")
    }
}
#endif
