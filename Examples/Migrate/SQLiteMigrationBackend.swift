#if SQLite
import MarketplaceSQLite

/// Files of SQLite, as `sqlite:FILE`.
enum SQLiteMigrationBackend: MigrationBackend {
    static let name = "sqlite"

    static var steps: [MigrationStep] { SQLiteMigrations.all.map(step) }

    /// The steps, and last the tables of search indices, which are no step: a SQLite without FTS5 stops there.
    static func script(after version: Int64) -> String {
        [SQLiteMigrations.script(after: version), SQLiteMigrations.searchScript].filter { !$0.isEmpty }
            .joined(separator: "\n")
    }

    static func version(of store: String) async throws(MigrationFailure) -> Int64? {
        do throws(SQLiteOpeningError) {
            return try await SQLiteMigrations.version(of: location(of: store))
        } catch {
            throw failure(error)
        }
    }

    static func apply(to store: String) async throws(MigrationFailure) -> [MigrationStep] {
        do throws(SQLiteOpeningError) {
            return try await SQLiteMigrations.apply(to: location(of: store)).map(step)
        } catch {
            throw failure(error)
        }
    }

    private static func location(of store: String) -> SQLiteLocation {
        .file(String(store.dropFirst("\(name):".count)))
    }

    private static func step(_ migration: SQLiteMigration) -> MigrationStep {
        MigrationStep(version: migration.version, name: migration.name)
    }

    private static func failure(_ error: SQLiteOpeningError) -> MigrationFailure {
        MigrationFailure(code: error.isRetriable ? .notNow : .refused, line: error.description)
    }
}
#endif
