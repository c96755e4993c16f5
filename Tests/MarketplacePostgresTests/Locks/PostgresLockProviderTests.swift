#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Testing
@testable import MarketplacePostgres

/// Leases on the server's own clock.
@Suite(.serialized, .onPrivateServer)
struct PostgresLockProviderTests {
    private let identifiers = SeededIdentifiers(seed: 1)

    private func provider(_ database: TestDatabase, _ namespace: StoreNamespace? = nil) -> PostgresLockProvider {
        PostgresLockProvider(
            database: database.database,
            namespace: namespace ?? database.namespace,
            identifiers: identifiers
        )
    }

    /// What the table says about a key: its token, whether there is a holder, and for how long on the server's clock.
    private func row(_ key: String, in database: TestDatabase) async throws -> (token: Int64, isHeld: Bool, rest: Int64)
    {
        let rows = try await TestDatabase.pool.get().run(
            """
            select token, holder is not null, expires_at - (extract(epoch from clock_timestamp()) * 1000000)::bigint from
            marketplace_lease where key = $1 and namespace = (select id from marketplace_namespace where name = $2)
            """,
            .text(key),
            .text(database.namespace.text)
        )
        return (try rows.integer(0, of: 0), try rows.flag(1, of: 0), try rows.integer(2, of: 0))
    }

    @Test func aLeaseEndsByTheServersClock() async throws {
        let database = try await TestDatabase()
        let lease = try #require(try await provider(database).acquire("a", lease: .minutes(1)).lease)
        let held = try await row("a", in: database)
        #expect(held.token == 1 && held.isHeld && held.rest > 0 && held.rest <= 60_000_000)
        #expect(lease.remaining < .minutes(1))
        #expect(try await lease.renew(for: .minutes(10)))
        let renewed = try await row("a", in: database)
        #expect(renewed.token == 1 && renewed.isHeld && renewed.rest > 540_000_000)
        #expect(try await lease.release() == .released)
        let released = try await row("a", in: database)
        #expect(released.token == 1 && !released.isHeld)
    }

    @Test func theKeysOfAHolderWhoIsGoneAreGivenAsSoonAsItsLeaseIsOver() async throws {
        let database = try await TestDatabase()
        let gone = try #require(try await provider(database).acquire("a", lease: .milliseconds(100)).lease)
        // Nobody has looked before; only the server has to know that the time is over.
        let other = provider(try await TestDatabase(namespace: database.namespace))
        let next = try #require(try await other.acquire("a", lease: .minutes(1), wait: .minutes(1)).lease)
        #expect(gone.end == .expired, "it is given to nobody else before")
        #expect(next.tokens == ["a": FencingToken(2)])
        #expect(try await gone.release() == .notHeld)
        #expect(next.isHeld)
    }

    @Test func tokensRiseForEverAndEachNamespaceHasItsOwn() async throws {
        let database = try await TestDatabase()
        let other = try database.namespace.appending("other")
        for round in 1...3 as ClosedRange<UInt64> {
            let restarted = try await TestDatabase(namespace: database.namespace)
            for namespace in [database.namespace, other] {
                let lease = try #require(
                    try await provider(restarted, namespace).acquire("a", lease: .minutes(1)).lease
                )
                #expect(lease.tokens == ["a": FencingToken(round)])
                // A lease that was never released would be in the way of the next round.
                #expect(try await lease.release() == .released)
            }
        }
    }

    @Test func aStoreRefusesWhoeverComesWithAnOlderToken() async throws {
        let database = try await TestDatabase()
        let locks = provider(database)
        let old = try #require(try await locks.acquire("a", lease: .milliseconds(10)).lease)
        let new = try #require(try await locks.acquire("a", lease: .minutes(1), wait: .minutes(1)).lease)
        for (lease, isRefused) in [(new, false), (old, true)] {
            var transaction = Transaction(id: identifiers.next(), time: .epoch)
            transaction.add(1, to: "work")
            transaction.require(lease)
            do throws(StoreError) {
                _ = try await database.store.commit(transaction)
                #expect(!isRefused)
            } catch {
                guard case .conflict(.staleFence) = error else { throw error }
                #expect(isRefused)
            }
        }
    }

    @Test func whoWaitsForARowThatAnotherTransactionHasIsToldToTryAgain() async throws {
        let database = try await TestDatabase(configuration: PostgresConfiguration(lockTimeout: .milliseconds(20)))
        let locks = provider(database)
        try await #require(try await locks.acquire("a", lease: .minutes(1)).lease).release()
        try await TestDatabase.pool.get().use { session in
            _ = try await session.run([
                PostgresStatement("begin"),
                PostgresStatement(
                    """
                    select token from marketplace_lease where namespace = (select id from marketplace_namespace where \
                    name = $1) for update
                    """,
                    values: [.text(database.namespace.text)]
                ),
            ])
            do throws(LockError) {
                let outcome = try await locks.acquire("a", lease: .minutes(1))
                Issue.record("a row that is locked was taken: \(outcome)")
            } catch {
                #expect(error.code == .unavailable && error.isRetriable)
            }
            _ = try await session.run(PostgresStatement("rollback"))
        }
        #expect(try await locks.acquire("a", lease: .minutes(1)).lease?.tokens == ["a": FencingToken(2)])
    }
}

extension LockProvider {
    /// Asks for a lease on one key.
    fileprivate func acquire(
        _ key: FenceKey,
        lease: Duration,
        wait: Duration = .zero
    ) async throws(LockError) -> LockOutcome {
        try await acquire(LockKeys(key), lease: lease, wait: wait)
    }
}
#endif
