#if LibPQ
/// How many rows the tables of a database have, and how many bytes of texts and byte strings their columns hold.
struct RawPostgresTotals: CustomStringConvertible, Sendable {
    /// The tables work writes to, with the columns whose width differs.
    private static let tables = [
        ("stream", ["category", "key"]),
        ("event", ["name", "command", "headers", "payload"]),
        ("document", ["collection", "id", "body", "entries", "unique_keys"]),
        ("entry", ["value", "id"]),
        ("unique", ["key"]),
        ("counter", ["key"]),
        ("fence", ["key"]),
        ("receipt", ["receipt"]),
    ]

    private struct Count {
        var rows: Int64
        var bytes: [Int64]
    }

    private var counts: [Count]

    init(_ link: PostgresLink) throws {
        counts = try Self.tables.map { name, columns in
            let sums = columns.map { "coalesce(sum(octet_length(\($0))), 0)" }.joined(separator: ", ")
            let numbers = try link.numbers("select count(*), \(sums) from marketplace_\(name)")
            return Count(rows: numbers[0], bytes: Array(numbers.dropFirst()))
        }
    }

    /// How many rows a table has.
    func rows(of table: String) -> Int64 { counts[Self.place(of: table)].rows }

    /// How many bytes a column has in a row of the table, on average; 0 when there are no rows.
    func width(_ column: String, of table: String) -> Int64 {
        let place = Self.place(of: table)
        let count = counts[place]
        guard count.rows > 0, let index = Self.tables[place].1.firstIndex(of: column) else { return 0 }
        return (count.bytes[index] + count.rows / 2) / count.rows
    }

    private static func place(of table: String) -> Int { tables.firstIndex { $0.0 == table } ?? 0 }

    static func - (left: RawPostgresTotals, right: RawPostgresTotals) -> RawPostgresTotals {
        var difference = left
        for (index, count) in right.counts.enumerated() {
            difference.counts[index].rows -= count.rows
            for (column, bytes) in count.bytes.enumerated() { difference.counts[index].bytes[column] -= bytes }
        }
        return difference
    }

    /// Whether the same was written, but for the counters and streams that were there before on one side, and for bytes
    /// that averages of widths make more or less: fewer than two in a hundred of any table.
    func isLike(_ other: RawPostgresTotals, _ shape: RawPostgresShape) -> Bool {
        counts.indices.allSatisfy { index in
            let (rows, wanted) = (counts[index].rows, other.counts[index].rows)
            switch Self.tables[index].0 {
            case "counter": return rows == wanted + shape.sharedCounters
            case "stream" where shape.sharedStreams > 0: return rows == wanted + shape.sharedStreams
            default: break
            }
            let (bytes, wantedBytes) = (sum(counts[index]), sum(other.counts[index]))
            return rows == wanted && abs(bytes - wantedBytes) * 50 <= wantedBytes
        }
    }

    private func sum(_ count: Count) -> Int64 { count.bytes.reduce(0, +) }

    var description: String {
        zip(Self.tables, counts).map { "\($0.0) \($1.rows) rows of \(sum($1)) bytes" }.joined(separator: ", ")
    }
}
#endif
