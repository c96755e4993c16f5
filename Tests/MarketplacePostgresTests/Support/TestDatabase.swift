#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
@testable import MarketplacePostgres

/// A namespace of its own on the private server, and the database it lies in.
struct TestDatabase: Sendable {
    /// For laws that read the feed at once, beside tests that hold it back.
    static let patient = PostgresConfiguration(feedPatience: .seconds(30))

    /// One pool for all tests: the server has room for so many connections and not for many more.
    static let pool = Result {
        LibPQPool(try PrivateServer.configuration(), limits: LibPQPool.Limits(maximumConnections: 64))
    }

    private static let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())

    let database: PostgresDatabase
    let namespace: StoreNamespace

    init(
        configuration: PostgresConfiguration = PostgresConfiguration(),
        namespace: StoreNamespace? = nil,
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent,
        probe: (any PostgresWriterProbe)? = nil
    ) async throws {
        database = try await PostgresDatabase(
            listening: try Self.pool.get(),
            configuration: configuration,
            wallClock: wallClock,
            clock: clock,
            observer: observer,
            probe: probe
        )
        self.namespace = namespace ?? TextKey(Self.identifiers.next() as EventID)
    }

    /// Its store.
    var store: PostgresStore { database.store(namespace: namespace) }

    /// The store of another namespace of the same database.
    func store(_ suffix: String) throws -> PostgresStore {
        database.store(namespace: try namespace.appending(suffix))
    }
}
#endif
