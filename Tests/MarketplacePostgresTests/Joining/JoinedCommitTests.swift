#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplacePostgres

@Suite(.serialized, .enabled(if: PrivateServer.address != nil, "it needs a private server: Tests/run --only postgres"))
struct JoinedCommitTests {
    private let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())

    private func sale() -> Transaction {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        transaction.append(
            [EventDraft(id: identifiers.next(), name: "Sold", payload: [1])],
            to: StreamID("sale", "a"),
            expecting: .any
        )
        transaction.write(DocumentWrite(DocumentKey("sale", "a"), body: [1], uniqueKeys: ["k"]))
        transaction.add(1, to: "sold", ceiling: 2)
        return transaction
    }

    /// Runs statements, a joined commit and more statements on one session.
    private func join(
        _ transaction: Transaction,
        _ store: PostgresStore,
        after before: [String],
        then after: [String]
    ) async throws -> Result<CommitReceipt, StoreError> {
        try await TestDatabase.pool.get().withSession { session throws(PostgresFailure) in
            _ = try await session.run(before.map { PostgresStatement($0) })
            let outcome: Result<CommitReceipt, StoreError>
            do throws(StoreError) {
                outcome = .success(try await store.commit(transaction, joining: LentSession(session)))
            } catch {
                outcome = .failure(error)
            }
            _ = try await session.run(after.map { PostgresStatement($0) })
            return outcome
        }
    }

    @Test func itIsAppliedWithTheCallersOwnWorkOrNotAtAll() async throws {
        let database = try await TestDatabase()
        let (store, transaction) = (database.store, sale())
        _ = try await join(transaction, store, after: ["begin"], then: ["rollback"]).get()
        #expect(try await store.counter("sold") == 0)
        #expect(try await store.document(DocumentKey("sale", "a")) == nil)
        let table = "own_\(transaction.id.description.filter { $0 != "-" })"
        let receipt = try await join(
            transaction,
            store,
            after: ["begin"],
            then: ["create table \(table) (a int)", "commit"]
        ).get()
        #expect(receipt.counters == [1])
        #expect(try await store.counter("sold") == 1)
        #expect(try await store.events(in: StreamID("sale", "a"), from: .first, limit: 10).count == 1)
        #expect(try await store.commit(transaction) == receipt, "committed again, it is told by its receipt")
        _ = try await database.database.read([PostgresStatement("select * from \(table)")])
    }

    @Test func aConflictLeavesTheCallersTransactionAsItWas() async throws {
        let database = try await TestDatabase()
        let store = database.store
        for _ in 0..<2 { _ = try await store.commit(sale()) }
        let outcome = try await join(sale(), store, after: ["begin"], then: ["select 1", "commit"])
        let expected = StoreConflict.counterBound("sold", bound: .ceiling(2), value: 2, delta: 1)
        #expect(outcome == .failure(.conflict(expected)))
    }

    @Test(arguments: [
        [], ["begin", "select pg_current_xact_id()"], ["begin isolation level repeatable read"],
        ["begin isolation level serializable"],
    ])
    func aTransactionThatCannotBeJoinedIsRefused(_ before: [String]) async throws {
        let database = try await TestDatabase()
        let outcome = try await join(sale(), database.store, after: before, then: before.isEmpty ? [] : ["rollback"])
        guard case .failure(.notApplied(let failure)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(failure.code == .postgresTransactionState)
        #expect(!failure.isRetriable)
        #expect(try await database.store.counter("sold") == 0)
    }

    @Test func othersWaitForItsEndAndSeeWhatItDid() async throws {
        let database = try await TestDatabase()
        let (store, first, second) = (database.store, sale(), sale())
        let receipts = try await TestDatabase.pool.get().withSession { session throws(PostgresFailure) in
            _ = try await session.run(PostgresStatement("begin"))
            let joined: CommitReceipt
            do throws(StoreError) {
                joined = try await store.commit(first, joining: LentSession(session))
            } catch {
                throw PostgresFailure(.unreadable, "\(error)")
            }
            let other = Task { try await store.commit(second) }
            // Long enough for the other one to be at the lock, and whether it is or not changes nothing.
            _ = try await session.run([PostgresStatement("select pg_sleep(0.1)"), PostgresStatement("commit")])
            return (joined, await other.result)
        }
        #expect(receipts.0.counters == [1])
        #expect(try receipts.1.get().counters == [2])
        #expect(try receipts.1.get().versions == [StreamVersion(2)])
        #expect(try receipts.1.get().position > receipts.0.position)
    }
}
#endif
