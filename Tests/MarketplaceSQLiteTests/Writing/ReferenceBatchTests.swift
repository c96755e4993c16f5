#if SQLite
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import TestSupport
import Testing
@testable import MarketplaceSQLite

/// What becomes of transactions that share a batch is what becomes of them one after the other in the reference store.
struct ReferenceBatchTests {
    private static let rounds = 12

    @Test func aBatchIsAsItsTransactionsOneAfterTheOtherInTheReferenceStore() async throws {
        await PropertyRun.checkAsync(40) { run in
            var walk = TransactionWalk(seed: run.seed)
            let database = try await TestDatabase()
            let (store, reference) = (database.store(), InMemoryStore())
            for _ in 0..<Self.rounds {
                let batch = walk.batch()
                let shared = try await Self.commit(batch, in: database)
                var single: [GroupCommitOutcome] = []
                for transaction in batch { single.append(await Self.outcome(of: transaction, in: reference)) }
                #expect(shared.map(Self.text) == single.map(Self.text), run.replay)
                #expect(try await Self.state(of: store) == Self.state(of: reference), run.replay)
            }
        }
    }

    /// Commits transactions together, in this order.
    private static func commit(
        _ batch: [Transaction],
        in database: TestDatabase
    ) async throws -> [GroupCommitOutcome] {
        let namespace: StoreNamespace = "own"
        let now = SystemWallClock().now
        let requests = try batch.map { try GroupCommitRequest($0, in: namespace, now: now) }
        return try await database.database.writer.perform { session throws(SQLiteFailure) in
            try session.run(.beginWrite)
            var batch = SQLiteBatch(session: session, retention: .seconds(60))
            var outcomes: [GroupCommitOutcome] = []
            for request in requests { outcomes.append(try batch.commit(request)) }
            try batch.flush()
            try session.run(.commit)
            return outcomes
        }
    }

    private static func outcome(of transaction: Transaction, in store: InMemoryStore) async -> GroupCommitOutcome {
        do throws(StoreError) {
            return .success(try await store.commit(transaction))
        } catch {
            return .failure(error)
        }
    }

    /// An outcome without the numbers that are the store's own.
    private static func text(_ outcome: GroupCommitOutcome) -> String {
        switch outcome {
        case .success(let receipt):
            "\(receipt.transaction) \(receipt.versions) \(receipt.revisions.count) \(receipt.counters)"
        case .failure(.conflict(.documentRevision(let key, let expected, let actual))):
            "\(key) \(expected == nil) \(actual == nil)"
        case .failure(let error): "\(error)"
        }
    }

    /// All that the walk can have stored.
    private static func state(of store: some Store) async throws -> [String] {
        var state: [String] = []
        let queries: [DocumentQuery] = [
            .all(of: "d", limit: 10), .indexed("d", by: "i", limit: 10), .indexed("d", by: "j", limit: 10),
        ]
        for query in queries {
            let documents = try await store.documents(matching: query).documents
            state.append("\(documents.map { "\($0.key) \($0.body)" })")
        }
        for stream in TransactionWalk.streams {
            let events = try await store.events(in: stream, from: .first, limit: StoreLimits.pageSize)
            state.append("\(stream) \(events.map { "\($0.version) \($0.id)" })")
        }
        let slice = try await store.events(after: .start, matching: .all, limit: StoreLimits.pageSize)
        state.append("\(slice.events.map(\.id))")
        let counters = try await store.counters(TransactionWalk.counters)
        return state + TransactionWalk.counters.map { "\($0) \(counters[$0] ?? 0)" }
    }
}
#endif
