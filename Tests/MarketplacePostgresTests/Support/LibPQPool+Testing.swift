#if LibPQ
@testable import MarketplacePostgres
import Synchronization
import Testing

extension LibPQPool {
    /// How many wait for a connection.
    var waitingCount: Int { state.withLock(\.line.count) }

    /// Runs statements on any session.
    func run(_ statements: [PostgresStatement]) async throws(PostgresFailure) -> [PostgresRows] {
        try await withSession { session throws(PostgresFailure) in try await session.run(statements) }
    }

    /// Runs one statement on any session.
    func run(_ sql: String, _ values: PostgresValue...) async throws(PostgresFailure) -> PostgresRows {
        try await withSession { session throws(PostgresFailure) in
            try await session.run(PostgresStatement(sql, values: values))
        }
    }

    /// Lends a session to a test, which may throw what it likes.
    func use<Value: Sendable>(_ body: (any PostgresSession) async throws -> Value) async throws -> Value {
        try await withSession { session throws(PostgresFailure) -> Result<Value, any Error> in
            do {
                return .success(try await body(session))
            } catch {
                return .failure(error)
            }
        }.get()
    }

    /// Whether a process of the server runs a statement.
    func isRunning(_ process: Int64, _ sql: String) async throws -> Bool {
        let rows = try await run(
            "select true from pg_stat_activity where pid = $1 and state = 'active' and query = $2",
            .bigint(process),
            .text(sql)
        )
        return rows.count == 1
    }

    /// Whether a process of the server is there.
    func isThere(_ process: Int64) async throws -> Bool {
        try await run("select true from pg_stat_activity where pid = $1", .bigint(process)).count == 1
    }

    /// The process id of the server's end of a session.
    static func processID(_ session: any PostgresSession) async throws(PostgresFailure) -> Int64 {
        try await session.run(PostgresStatement("select pg_backend_pid()::bigint")).integer(0, of: 0)
    }
}

/// The code that `body` fails with; nil when it does not, or with another error.
func failureCode<Value>(_ body: () async throws -> Value) async -> PostgresFailure.Code? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? PostgresFailure)?.code
    }
}

/// Waits until something is so, which is looked at again and again: nobody tells what happens inside of a server.
///
/// It fails after a minute, in which everything that is going to be so is so.
func eventually(_ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while !(try await isSo()) {
        try #require(ContinuousClock.now < deadline, "it never was so")
        try await Task.sleep(for: .milliseconds(1))
    }
}
#endif
