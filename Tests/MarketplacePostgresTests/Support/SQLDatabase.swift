#if LibPQ
import MarketplacePostgres
import Testing

/// A database of its own on the private server, as people who write SQL see it.
struct SQLDatabase: Sendable {
    /// Runs statements in the database.
    let pool: LibPQPool

    /// Runs `body` with an empty database, which is removed afterwards.
    static func withEmpty(_ body: (SQLDatabase) async throws -> Void) async throws {
        let name = "marketplace_\(UInt64.random(in: 0...UInt64.max))"
        let server = try PrivateServer.pool(maximumConnections: 1)
        _ = try await server.run("create database \(name)")
        let address = try #require(PrivateServer.address)
        let parts = address.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let configuration = try LibPQConfiguration("\(parts.joined(separator: "/"))/\(name)")
        let pool = LibPQPool(configuration, limits: LibPQPool.Limits(maximumConnections: 20))
        let ended: Result<Void, any Error>
        do {
            ended = .success(try await body(SQLDatabase(pool: pool)))
        } catch {
            ended = .failure(error)
        }
        await pool.close()
        _ = try await server.run("drop database \(name) with (force)")
        await server.close()
        try ended.get()
    }

    /// Runs a statement.
    func execute(_ sql: String) async throws {
        _ = try await pool.run(sql)
    }

    /// The rows of a statement as texts, nil standing for NULL.
    func rows(_ sql: String) async throws -> [[String?]] {
        // Whatever the types are, as psql would print them.
        let count = try await columns(of: sql).count
        let texts = (1...count).map { "(c\($0))::text" }.joined(separator: ", ")
        let names = (1...count).map { "c\($0)" }.joined(separator: ", ")
        let rows = try await pool.run("select \(texts) from (\(sql)) as r(\(names))")
        return (0..<rows.count).map { row in
            (0..<count).map { column in
                guard let cell = rows.cell(column, of: row) else { return nil }
                return String(decoding: cell, as: UTF8.self)
            }
        }
    }

    /// The rows of a statement, each in one line.
    func lines(_ sql: String) async throws -> [String] {
        try await rows(sql).map { row in row.map { $0 ?? "-" }.joined(separator: " ") }
    }

    private func columns(of sql: String) async throws -> [Int] {
        let rows = try await pool.run("select * from (\(sql)) as r limit 0")
        return Array(0..<rows.columnCount)
    }
}
#endif
