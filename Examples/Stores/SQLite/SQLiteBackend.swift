#if SQLite
import MarketplaceCore
import MarketplaceSQLite
import MarketplaceStorage

/// The stores on SQLite.
enum SQLiteBackend {
    /// Opens the store of a namespace in a file, and makes the file if there is none.
    static func open(
        _ path: String,
        _ namespace: ExampleNamespace,
        _ wallClock: any WallClock,
        _ clock: any Clock<Duration>
    ) async throws(StoreOpeningError) -> ExampleStore {
        do throws(SQLiteOpeningError) {
            let database = try await SQLiteDatabase(opening: .file(path), wallClock: wallClock, clock: clock)
            return ExampleStore(
                database.store(namespace: TextKey(stringLiteral: namespace.rawValue)),
                isDurable: true,
                books: SQLiteSaleBooks(path: path, namespace: namespace.rawValue),
                closing: { await database.close() }
            )
        } catch {
            throw .failed(error.description)
        }
    }
}
#endif
