#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
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
        var walk = BatchWalk(seed: seed)
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

/// Makes batches of transactions that get in each other's way.
private struct BatchWalk {
    private var random: SeededGenerator
    private let identifiers: SeededIdentifiers
    private var earlier: [Transaction] = []

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        identifiers = SeededIdentifiers(seed: seed)
    }

    mutating func batch() -> [Transaction] {
        (0..<Int.random(in: 1...12, using: &random)).map { _ in
            var transaction = Transaction(
                id: chance(10) ? earlier.randomElement(using: &random)?.id ?? identifiers.next() : identifiers.next(),
                time: .epoch,
                isRemembered: !chance(8)
            )
            if chance(12), let again = earlier.randomElement(using: &random) { return again }
            addStreams(to: &transaction)
            addDocuments(to: &transaction)
            addCounters(to: &transaction)
            earlier.append(transaction)
            return transaction
        }
    }

    /// True once in so many times.
    private mutating func chance(_ times: Int) -> Bool { Int.random(in: 0..<times, using: &random) == 0 }

    private mutating func addStreams(to transaction: inout Transaction) {
        for key in ["a", "b", "c"] where chance(4) {
            let stream = StreamID(key == "c" ? "$s" : "s", TextKey(unchecked: key))
            let version = StreamVersion(Int64.random(in: 0...4, using: &random))
            if chance(8) { transaction.require(.stream(stream, at: version)) }
            let isWhole = chance(5)
            if !isWhole, !chance(3) {
                let drafts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                    EventDraft(id: identifiers.next(), name: "e", payload: [])
                }
                transaction.append(drafts, to: stream, expecting: chance(5) ? .exactly(version) : .any)
            }
            if isWhole {
                transaction.trim(.whole(stream))
            } else if chance(3) {
                transaction.trim(.before(version, of: stream))
            }
        }
    }

    private mutating func addDocuments(to transaction: inout Transaction) {
        for id in ["a", "b", "c", "d"] where chance(3) {
            let key = DocumentKey("d", TextKey(unchecked: id))
            if chance(10) { transaction.require(.document(key, at: nil)) }
            guard !chance(4) else {
                transaction.delete(key)
                continue
            }
            let long = String(repeating: "l", count: StoreLimits.textBytes)
            var entries: [IndexEntry] = []
            for name in ["i", "j"] where chance(2) {
                let number = IndexValue.integer(Int64.random(in: 0...2, using: &random))
                entries.append(
                    chance(4)
                        ? IndexEntry(name, values: [number] + Array(repeating: .text(long), count: 6))
                        : IndexEntry(name, number)
                )
            }
            let body = [UInt8.random(in: 0...255, using: &random)]
            let uniques = ["k", "l", "m"].filter { _ in chance(3) }.map { UniqueKey(unchecked: $0) }
            transaction.write(
                DocumentWrite(
                    key,
                    body: body,
                    expecting: chance(6) ? .absent : .any,
                    indexEntries: entries,
                    uniqueKeys: uniques
                )
            )
        }
    }

    private mutating func addCounters(to transaction: inout Transaction) {
        for key in ["x", "y"] where chance(3) {
            if chance(4) {
                transaction.deleteCounter(TextKey(unchecked: key))
            } else {
                let delta = Int64.random(in: -2...3, using: &random)
                transaction.add(
                    delta,
                    to: TextKey(unchecked: key),
                    floor: chance(2) ? 0 : nil,
                    ceiling: chance(2) ? 4 : nil
                )
            }
        }
        if chance(6) {
            transaction.require(.fence("f", FencingToken(UInt64.random(in: 0...5, using: &random))))
        }
    }
}
#endif
