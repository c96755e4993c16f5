#if LibPQ
import MarketplacePostgres

/// Databases of PostgreSQL, as `postgres://…`: what libpq takes as an address.
enum PostgresMigrationBackend: MigrationBackend {
    static let name = "postgres"

    static var steps: [MigrationStep] { PostgresMigrations.all.map(step) }

    static func script(after version: Int64) -> String { PostgresMigrations.script(after: version) }

    static func version(of store: String) async throws(MigrationFailure) -> Int64? {
        try await asking(store) { pool throws(PostgresOpeningError) in try await PostgresMigrations.version(of: pool) }
    }

    static func apply(to store: String) async throws(MigrationFailure) -> [MigrationStep] {
        try await asking(store) { pool throws(PostgresOpeningError) in
            try await PostgresMigrations.apply(to: pool)
        }.map(step)
    }

    private static func asking<Value: Sendable>(
        _ store: String,
        _ body: (LibPQPool) async throws(PostgresOpeningError) -> Value
    ) async throws(MigrationFailure) -> Value {
        let configuration: LibPQConfiguration
        do throws(PostgresFailure) {
            configuration = try LibPQConfiguration(store)
        } catch {
            throw MigrationFailure(code: .refused, line: error.description)
        }
        let pool = LibPQPool(configuration, limits: LibPQPool.Limits(maximumConnections: 1))
        let answer: Result<Value, PostgresOpeningError>
        do throws(PostgresOpeningError) {
            answer = .success(try await body(pool))
        } catch {
            answer = .failure(error)
        }
        await pool.close()
        do throws(PostgresOpeningError) {
            return try answer.get()
        } catch {
            // What a server says may have many lines, some of them set in.
            let words = error.description.split(whereSeparator: \.isWhitespace)
            let line = words.joined(separator: " ")
            throw MigrationFailure(code: error.isRetriable ? .notNow : .refused, line: line)
        }
    }

    private static func step(_ migration: PostgresMigration) -> MigrationStep {
        MigrationStep(version: migration.version, name: migration.name)
    }
}
#endif
