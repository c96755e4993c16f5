#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplacePostgres

/// An empty database on the private server, for tests of what a database as a whole is; removed with the server.
struct OwnDatabase {
    let pool: LibPQPool

    init() async throws {
        let identifier = (TimeOrderedIdentifiers(clock: SystemWallClock()).next() as Identifier<Self>).description
        let name = "own_\(identifier.filter { $0 != "-" })"
        _ = try await TestDatabase.pool.get().run("create database \(name)")
        let address = try #require(PrivateServer.address)
        let end = try #require(address.lastIndex(of: "/"))
        pool = LibPQPool(try LibPQConfiguration("\(address[...end])\(name)"))
    }
}
#endif
