import MarketplaceCore

/// The stores on PostgreSQL.
enum PostgresBackend {
    /// Opens the store of a namespace in the database at an address.
    static func open(
        _ address: String,
        _ namespace: ExampleNamespace,
        _ wallClock: any WallClock,
        _ clock: any Clock<Duration>
    ) async throws(StoreOpeningError) -> ExampleStore {
        throw .notThere(.postgres, trait: "LibPQ")
    }
}
