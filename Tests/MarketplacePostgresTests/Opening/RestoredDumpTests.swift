#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplacePostgres

@Suite(.onPrivateServer)
struct RestoredDumpTests {
    @Test func afterADumpWasRestoredInAnotherClusterPositionsAndRevisionsGoOn() async throws {
        let own = try await OwnDatabase()
        let identifiers = SeededIdentifiers(seed: 1)
        func sale() -> Transaction {
            var transaction = Transaction(id: identifiers.next(), time: .epoch)
            transaction.append(
                [EventDraft(id: identifiers.next(), name: "Sold", payload: [])],
                to: StreamID("sale", "a"),
                expecting: .any
            )
            transaction.write(DocumentWrite(DocumentKey("sale", "a"), body: [1]))
            return transaction
        }
        let first = try await PostgresDatabase(opening: own.pool).store(namespace: "main")
        var receipts: [CommitReceipt] = []
        for _ in 0..<3 { receipts.append(try await first.commit(sale())) }
        // As a dump of a cluster that was far ahead of this one.
        let ahead: Int64 = 1_000_000_000
        let stamps = ahead << PostgresBatch.stampBits
        for sql in [
            "update marketplace_event set turn = turn + \(ahead), stream = stream + \(stamps)",
            "update marketplace_stream set id = id + \(stamps)",
            "update marketplace_document set number = number + \(stamps), revision = revision + \(stamps)",
            "update marketplace_feed set cluster = 'another'",
        ] { _ = try await own.pool.run(sql) }
        let store = try await PostgresDatabase(opening: own.pool).store(namespace: "main")
        let last = try await store.commit(sale())
        #expect(last.versions == [StreamVersion(4)])
        #expect(last.revisions[0].value > receipts[2].revisions[0].value + stamps)
        var following = FeedFollowing(store: store)
        try await following.follow(until: { true })
        #expect(following.seen.count == 4)
        #expect(following.disorder == 0, "what is new comes behind what was restored")
        let again = try await PostgresDatabase(opening: own.pool).store(namespace: "main")
        #expect(try await again.commit(sale()).position > last.position, "and is not moved twice")
    }
}
#endif
