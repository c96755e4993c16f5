#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplacePostgres

@Suite(.serialized, .onPrivateServer)
struct OtherClusterTests {
    private let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())

    private func commit(to store: PostgresStore, _ build: (inout Transaction) -> Void) async throws -> CommitReceipt {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        build(&transaction)
        return try await store.commit(transaction)
    }

    @Test func nothingLiesBeforeWhatReadersWereToldInTheClusterBefore() async throws {
        try await PrivateServer.withOwn { _, configuration in
            let pool = LibPQPool(configuration, limits: LibPQPool.Limits(maximumConnections: 4))
            let key = DocumentKey("d", "a")
            let before = try await PostgresDatabase(opening: pool).store(namespace: "main")
            // A cluster that has counted further than the next one has.
            _ = try await pool.run("update marketplace_feed set turn_offset = 1000000")
            let stream = StreamID("s", "a")
            _ = try await commit(to: before) { transaction in
                let draft = EventDraft(id: identifiers.next(), name: "Sold", payload: [])
                transaction.append([draft], to: stream, expecting: .none)
            }
            // Work of others, who share the server: its numbers go on, and nothing here tells how far.
            for _ in 0..<50 { _ = try await pool.run("select pg_current_xact_id()") }
            let written = try await commit(to: before) { $0.write(DocumentWrite(key, body: [1])) }
            _ = try await commit(to: before) { $0.delete(key) }
            for _ in 0..<50 { _ = try await pool.run("select pg_current_xact_id()") }
            let head = try await before.events(after: .start, matching: .all, limit: 10)
            #expect(head.events.count == 1 && head.isCaughtUp)

            _ = try await pool.run("update marketplace_feed set turn_offset = 0, cluster = 'another'")
            let after = try await PostgresDatabase(opening: pool).store(namespace: "main")
            _ = try await commit(to: after) { transaction in
                let draft = EventDraft(id: identifiers.next(), name: "Sold", payload: [])
                transaction.append([draft], to: stream, expecting: .exactly(.first))
            }
            let rest = try await after.events(after: head.position, matching: .all, limit: 10)
            #expect(rest.events.map(\.version) == [StreamVersion(2)])
            let again = try await commit(to: after) { $0.write(DocumentWrite(key, body: [2])) }
            #expect(try #require(again.revisions.first) > #require(written.revisions.first))
            await pool.close()
        }
    }
}
#endif
