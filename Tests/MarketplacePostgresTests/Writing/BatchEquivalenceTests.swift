#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport
import Testing
@testable import MarketplacePostgres

/// What becomes of transactions that share a batch is what would have become of them one after the other.
@Suite(.serialized, .enabled(if: PrivateServer.address != nil, "it needs a private server: Tests/run --only postgres"))
struct BatchEquivalenceTests {
    private static let rounds = 12
    private static let seed = UInt64.random(in: 0...UInt64.max)

    @Test(arguments: 0..<8)
    func aBatchIsAsItsTransactionsOneAfterTheOther(_ number: UInt64) async throws {
        // To replay: put the seed in the place of the random one.
        let seed = Self.seed &+ number
        var walk = TransactionWalk(seed: seed)
        let database = try await TestDatabase()
        let (together, apart) = (try database.store("together"), try database.store("apart"))
        let writer = database.database.writer
        for round in 0..<Self.rounds {
            let batch = walk.batch()
            // Of our days: receipts that are due are forgotten by whoever else writes to this database.
            let now = SystemWallClock().now
            let shared = await writer.write(try batch.map { try GroupCommitRequest($0, in: together.name, now: now) })
            var single: [GroupCommitOutcome] = []
            for transaction in batch {
                single += await writer.write([try GroupCommitRequest(transaction, in: apart.name, now: now)])
            }
            #expect(shared.map(Self.text) == single.map(Self.text), "seed \(seed), round \(round)")
            #expect(try await Self.state(of: together) == Self.state(of: apart), "seed \(seed), round \(round)")
        }
    }

    /// An outcome without the numbers of transactions.
    private static func text(_ outcome: GroupCommitOutcome) -> String {
        switch outcome {
        case .success(let receipt):
            "\(receipt.transaction) \(receipt.versions) \(receipt.revisions.count) \(receipt.counters)"
        case .failure(.conflict(.documentRevision(let key, let expected, let actual))):
            "\(key) \(expected == nil) \(actual == nil)"
        case .failure(let error): "\(error)"
        }
    }

    /// Everything that is stored, each table's rows as texts without the numbers of transactions.
    private static func state(of store: PostgresStore) async throws -> [[String]] {
        let own = "(select id from marketplace_namespace where name = $1)"
        let document = "(select d.id from marketplace_document d where d.number = document)"
        let stream = "(select s.key from marketplace_stream s where s.id = stream)"
        let mine = "document in (select number from marketplace_document where namespace = \(own))"
        let index = "(select i.name from marketplace_index i where i.id = index and i.namespace = \(own))"
        let statements = [
            "select concat_ws(' ', id, body, unique_keys) from marketplace_document where namespace = \(own) order by 1",
            "select concat_ws(' ', key, coalesce(\(document), 'nobody')) from marketplace_unique where namespace = \(own) order by 1",
            "select concat_ws(' ', \(index), value, id, \(document)) from marketplace_entry where \(mine) order by 1",
            "select concat_ws(' ', \(index), value, id, \(document)) from marketplace_long_entry where \(mine) order by 1",
            "select concat_ws(' ', key, version) from marketplace_stream where namespace = \(own) order by 1",
            "select concat_ws(' ', \(stream), version, id) from marketplace_event where namespace = \(own) order by turn, number",
            "select concat_ws(' ', key, value) from marketplace_counter where namespace = \(own) order by 1",
            "select concat_ws(' ', key, token) from marketplace_fence where namespace = \(own) order by 1",
            "select concat_ws(' ', id, digest) from marketplace_receipt where namespace = \(own) order by 1",
        ]
        var state: [[String]] = []
        for statement in statements {
            let rows = try await TestDatabase.pool.get().run(statement, .text(store.name.text))
            state.append(try (0..<rows.count).map { try rows.text(0, of: $0) })
        }
        return state
    }
}
#endif
