#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplacePostgres

/// A server that is killed numbers its transactions on from the last one that it has made durable.
@Suite(.serialized, .onPrivateServer) struct FeedCrashTests {
    @Test func aReaderThatHadCaughtUpBeforeACrashMissesNothingAfterIt() async throws {
        try await PrivateServer.withOwn { server, configuration in
            let pool = LibPQPool(configuration)
            let store = try await PostgresDatabase(opening: pool).store(namespace: "crash")
            let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())
            // Nothing but the commits of others writes the log to the disk.
            _ = try await pool.run("alter system set wal_writer_delay = '10s'")
            _ = try await pool.run("select pg_reload_conf()")
            _ = try await store.commit(.sale(identifiers))
            // Numbers that are given away and leave no trace.
            for _ in 0..<50 {
                let statements = ["begin", "select pg_current_xact_id()", "rollback"].map { PostgresStatement($0) }
                _ = try await pool.run(statements)
            }
            let before = try await store.events(after: .start, matching: .all, limit: 10)
            #expect(before.events.count == 1 && before.isCaughtUp)
            try await server.kill()
            try await server.start()
            let sale = Transaction.sale(identifiers)
            let receipt = try await store.commitResolvingUnknown(sale)
            let after = try await store.events(after: before.position, matching: .all, limit: 10)
            #expect(after.events.map(\.transaction) == [sale.id], "\(receipt.position) lies behind \(before.position)")
            await pool.close()
        }
    }
}
#endif
