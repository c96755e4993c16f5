#if !SQLite
import MarketplaceCore

/// Stands in for the stores on SQLite where the package is built without its trait.
enum SQLiteBackend {
    /// Says which trait is missing.
    static func open(
        _ path: String,
        _ namespace: ExampleNamespace,
        _ wallClock: any WallClock,
        _ clock: any Clock<Duration>
    ) async throws(StoreOpeningError) -> ExampleStore {
        throw .notBuilt(trait: "SQLite")
    }
}
#endif
