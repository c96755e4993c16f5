#if !LibPQ
import MarketplaceCore

/// Stands in for the stores on PostgreSQL where the package is built without the trait of the driver.
enum PostgresBackend {
    /// Says which trait is missing.
    static func open(
        _ address: String,
        _ namespace: ExampleNamespace,
        _ wallClock: any WallClock,
        _ clock: any Clock<Duration>
    ) async throws(StoreOpeningError) -> ExampleStore {
        throw .notBuilt(trait: "LibPQ")
    }
}
#endif
