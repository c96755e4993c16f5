#if LibPQ
import CMarketplaceLibPQ

/// A connection that waits for its answers: for what is done around the rounds.
final class PostgresLink: @unchecked Sendable {
    // The library's own; one caller at a time uses it.
    private let connection: OpaquePointer

    init(_ url: String) throws {
        guard let connection = PQconnectdb(url) else { throw BenchmarkFailure.raw("out of memory") }
        self.connection = connection
        guard PQstatus(connection) == CONNECTION_OK else { throw BenchmarkFailure.raw(message) }
        // Without a receiver libpq prints notices.
        PQsetNoticeReceiver(connection, { _, _ in }, nil)
    }

    deinit {
        PQfinish(connection)
    }

    /// Runs a statement and answers its rows; nulls are empty.
    @discardableResult
    func rows(_ sql: String) throws -> [[String]] {
        guard let result = PQexec(connection, sql) else { throw BenchmarkFailure.raw(message) }
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else { throw BenchmarkFailure.raw(message) }
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column in PQgetvalue(result, row, column).map { String(cString: $0) } ?? "" }
        }
    }

    /// Runs a statement and answers the numbers of its first row.
    func numbers(_ sql: String) throws -> [Int64] {
        try (rows(sql).first ?? []).map { text in
            guard let number = Int64(text) else { throw BenchmarkFailure.raw("\(text) is no number: \(sql)") }
            return number
        }
    }

    private var message: String { PQerrorMessage(connection).map { String(cString: $0) } ?? "" }
}
#endif
