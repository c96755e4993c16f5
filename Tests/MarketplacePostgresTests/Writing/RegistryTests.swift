#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplacePostgres

@Suite(.serialized, .onPrivateServer)
struct RegistryTests {
    private let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())

    private func commit(to store: PostgresStore) async throws {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        transaction.add(1, to: "sold")
        transaction.write(DocumentWrite(DocumentKey("d", "a"), body: [], indexEntries: [IndexEntry("i", .integer(1))]))
        _ = try await store.commit(transaction)
    }

    /// Logical replication and dumps of data alone leave the numbers of a sequence behind.
    @Test func whatGetsNoNumberIsNotAppliedRatherThanWrittenUnderNone() async throws {
        try await PrivateServer.withOwn { _, configuration in
            let pool = LibPQPool(configuration, limits: LibPQPool.Limits(maximumConnections: 4))
            let database = try await PostgresDatabase(opening: pool)
            try await commit(to: database.store(namespace: "one"))
            _ = try await pool.run("alter table marketplace_namespace alter id restart")
            _ = try await pool.run("alter table marketplace_index alter id restart")
            let two = database.store(namespace: "two")
            var failures = 0
            while failures < 10 {
                do {
                    try await commit(to: two)
                    break
                } catch StoreError.notApplied {
                    failures += 1
                }
            }
            #expect(failures == 2, "one for the namespace, one for the index")
            #expect(try await two.counter("sold") == 1)
            #expect(try await two.documents(matching: .indexed("d", by: "i", limit: 2)).documents.count == 1)
            #expect(try await database.store(namespace: "one").counter("sold") == 1)
            await pool.close()
        }
    }
}
#endif
