#if LibPQ
import MarketplaceCore
import MarketplacePostgres
import MarketplaceStorage

/// The stores on PostgreSQL.
enum PostgresBackend {
    /// Opens the store of a namespace in the database at an address, and makes its tables if there are none.
    static func open(
        _ address: String,
        _ namespace: ExampleNamespace,
        _ wallClock: any WallClock,
        _ clock: any Clock<Duration>
    ) async throws(StoreOpeningError) -> ExampleStore {
        let pool: LibPQPool
        do throws(PostgresFailure) {
            pool = LibPQPool(try LibPQConfiguration(address))
        } catch {
            throw .failed(error.description)
        }
        do throws(PostgresOpeningError) {
            let database = try await PostgresDatabase(opening: pool, wallClock: wallClock, clock: clock)
            return ExampleStore(
                database.store(namespace: TextKey(stringLiteral: namespace.rawValue)),
                isDurable: true,
                books: PostgresSaleBooks(sessions: pool, namespace: namespace.rawValue),
                closing: { await database.close() }
            )
        } catch {
            throw .failed(error.description)
        }
    }
}
#endif
