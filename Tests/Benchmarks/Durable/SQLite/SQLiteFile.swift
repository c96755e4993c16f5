#if SQLite
import MarketplaceSQLite

/// An open database in a folder of its own.
final class SQLiteFile: Sendable {
    let folder: TemporaryFolder
    let database: SQLiteDatabase

    init(in parent: String) async throws {
        folder = try TemporaryFolder(in: parent)
        // As it comes: full sync, and every other default.
        database = try await SQLiteDatabase(opening: .file("\(folder.path)/market.db"))
    }

    var path: String { "\(folder.path)/market.db" }
}
#endif
