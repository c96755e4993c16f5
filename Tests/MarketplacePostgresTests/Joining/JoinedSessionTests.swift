#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplacePostgres

@Suite(.serialized, .enabled(if: PrivateServer.address != nil, "it needs a private server: Tests/run --only postgres"))
struct JoinedSessionTests {
    private let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())

    @Test func aCallerWithTheLastSessionOfThePoolNeedsNoOther() async throws {
        var limits = LibPQPool.Limits(maximumConnections: 1)
        limits.waitTimeOut = .milliseconds(200)
        let pool = LibPQPool(try PrivateServer.configuration(), limits: limits)
        let namespace: StoreNamespace = TextKey(identifiers.next() as EventID)
        let store = try await PostgresDatabase(opening: pool).store(namespace: namespace)
        let (first, second) = (sale(), sale())
        _ = try await store.commit(first)
        let receipt = try await pool.use { session in
            _ = try await session.run(PostgresStatement("begin"))
            let receipt = try await store.commit(second, joining: LentSession(session))
            _ = try await session.run(PostgresStatement("commit"))
            return receipt
        }
        #expect(receipt.counters == [2])
        #expect(try await store.counter("sold") == 2)
        await pool.close()
    }

    @Test func aTransactionThatHasFailedCannotBeJoined() async throws {
        let database = try await TestDatabase()
        let failure = try await TestDatabase.pool.get().use { session -> StoreFailure? in
            _ = try await session.run(PostgresStatement("begin"))
            _ = try? await session.run(PostgresStatement("select 1 / 0"))
            do throws(StoreError) {
                _ = try await database.store.commit(sale(), joining: LentSession(session))
            } catch {
                if case .notApplied(let failure) = error { return failure }
            }
            return nil
        }
        #expect(failure?.code == .postgresTransactionState)
        #expect(failure?.isRetriable == false)
    }

    private func sale() -> Transaction {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        transaction.write(
            DocumentWrite(DocumentKey("sale", "a"), body: [], indexEntries: [IndexEntry("i", .integer(1))])
        )
        transaction.add(1, to: "sold")
        return transaction
    }
}
#endif
