#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Synchronization
import Testing
@testable import MarketplacePostgres

/// Commits that are one call, without statements that begin and end them.
@Suite(.serialized, .onPrivateServer)
struct UnbegunTransactionTests {
    private let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())
    private let counter: CounterKey = "stock"

    private func sale(_ number: Int) -> Transaction {
        var sale = Transaction(id: identifiers.next(), time: .epoch)
        let draft = EventDraft(id: identifiers.next(), name: "Sold", payload: [UInt8(truncatingIfNeeded: number)])
        sale.append([draft], to: StreamID("order", "a"), expecting: .any)
        sale.add(1, to: counter)
        return sale
    }

    private func database(
        _ settings: [String: String] = [:],
        _ notes: StatementNotes = StatementNotes()
    ) async throws -> PostgresDatabase {
        var configuration = try PrivateServer.configuration()
        configuration.settings = settings
        let pool = LibPQPool(configuration, limits: LibPQPool.Limits(maximumConnections: 4))
        return try await PostgresDatabase(opening: WatchedSessions(base: pool, notes: notes))
    }

    private func newNamespace() -> StoreNamespace { TextKey(identifiers.next() as EventID) }

    @Test func commitsAreOneCallOfTwoStatements() async throws {
        let notes = StatementNotes()
        let database = try await database([:], notes)
        let store = database.store(namespace: newNamespace())
        _ = try await store.commit(sale(0))
        notes.forget()
        for number in 1...10 { #expect(try await store.commit(sale(number)).counters == [Int64(number) + 1]) }
        let commits = notes.calls.filter { $0.contains("marketplace_lone_lock") }
        #expect(commits.count == 10)
        #expect(commits.allSatisfy { $0.count == 2 && $0[1].hasPrefix("marketplace_write") })
        await database.close()
    }

    @Test(arguments: ["serializable", "repeatable read"])
    func inAnotherIsolationNothingIsWrittenByASnapshotFromBeforeTheLocks(isolation: String) async throws {
        let notes = StatementNotes()
        let database = try await database(["default_transaction_isolation": isolation], notes)
        let store = database.store(namespace: newNamespace())
        _ = try await store.commit(sale(1))
        notes.forget()
        #expect(try await store.commit(sale(2)).counters == [2])
        let calls = notes.calls.compactMap { call in call.first { $0.hasSuffix("lock") } }
        #expect(calls == ["marketplace_lone_lock", "marketplace_lock"], "what was in vain is read anew")
        await database.close()
    }

    @Test(arguments: ["serializable", "repeatable read"])
    func whereTheDefaultIsAnotherIsolationCommitsAreBegun(isolation: String) async throws {
        let settings = ["default_transaction_isolation": isolation]
        let notes = StatementNotes()
        let databases = [try await database(settings, notes), try await database(settings, notes)]
        let namespace = newNamespace()
        let stores = databases.map { $0.store(namespace: namespace) }
        let values = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 1...100 {
                let (store, sale) = (stores[number % 2], sale(number))
                group.addTask { try await store.commit(sale).counters[0] }
            }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect(values == Set(1...100))
        let events = try await stores[0].events(in: StreamID("order", "a"), from: .first, limit: 200)
        #expect(events.map(\.version) == (1...100).map { StreamVersion($0) })
        // Until a forecast is made once more, and it is known; from then on nothing is tried in vain.
        let patience = PostgresForecasts.longestPause + 1
        for number in 0..<patience { _ = try await stores[0].commit(sale(number)) }
        let unbegun = notes.calls.filter { $0.first == "marketplace_lone_lock" }
        #expect((1...2).contains(unbegun.count), "each tries it once, writes nothing, and reads what there is instead")
        notes.forget()
        for number in 0..<patience { _ = try await stores[0].commit(sale(number)) }
        let atOnce = notes.calls.filter { $0.contains("marketplace_lone_lock") }
        #expect(!atOnce.isEmpty)
        #expect(atOnce.allSatisfy { $0.first == "marketplace_begin" && $0.last == "marketplace_commit" })
        for database in databases { await database.close() }
    }

    @Test(arguments: [true, false])
    func aCommitThatFailsLeavesTheSessionAsItWas(callsAreTransactions: Bool) async throws {
        let limits = LibPQPool.Limits(maximumConnections: 1)
        let (pool, holder) = (LibPQPool(try PrivateServer.configuration(), limits: limits), try PrivateServer.pool())
        let notes = StatementNotes()
        let sessions = WatchedSessions(base: pool, notes: notes, callsAreTransactions: callsAreTransactions)
        let configuration = PostgresConfiguration(lockTimeout: .milliseconds(20))
        let database = try await PostgresDatabase(opening: sessions, configuration: configuration)
        let namespace = newNamespace()
        let store = database.store(namespace: namespace)
        for number in 1...2 { _ = try await store.commit(sale(number)) }
        notes.forget()
        try await holder.use { session in
            _ = try await session.run([
                PostgresStatement("begin"),
                PostgresStatement(
                    """
                    update marketplace_counter c set value = value from marketplace_namespace n where n.id = c.namespace \
                    and n.name = $1
                    """,
                    values: [.text(namespace.text)]
                ),
            ])
            let error = await #expect(throws: StoreError.self) { try await store.commit(sale(3)) }
            guard case .notApplied(let failure) = error else {
                Issue.record("\(String(describing: error)) is not told as not applied")
                return
            }
            #expect(failure.code == .overloaded)
            _ = try await session.run(PostgresStatement("rollback"))
        }
        let begun = notes.calls.filter { $0.contains("marketplace_lone_lock") }.map { $0.contains("marketplace_begin") }
        #expect(begun == [!callsAreTransactions])
        #expect(try await pool.run("select current_setting('lock_timeout')").text(0, of: 0) == "0")
        #expect(try await store.commit(sale(4)).counters == [3])
        await database.close()
        for pool in [pool, holder] { await pool.close() }
    }
}

/// The names of the statements of each call; nil names are left out.
private final class StatementNotes: Sendable {
    private let noted = Mutex<[[String]]>([])

    var calls: [[String]] { noted.withLock { $0 } }
    func forget() { noted.withLock { $0 = [] } }
    func note(_ statements: [PostgresStatement]) { noted.withLock { $0.append(statements.compactMap(\.name)) } }
}

/// Sessions of a pool that note what they are told to run.
private struct WatchedSessions: PostgresSessions {
    let base: LibPQPool
    let notes: StatementNotes
    var callsAreTransactions = true

    func withSession<Value: Sendable>(
        _ body: (any PostgresSession) async throws(PostgresFailure) -> Value
    ) async throws(PostgresFailure) -> Value {
        try await base.withSession { session throws(PostgresFailure) in
            try await body(WatchedSession(base: session, notes: notes))
        }
    }
}

private struct WatchedSession: PostgresSession {
    let base: any PostgresSession
    let notes: StatementNotes

    func run(_ statements: [PostgresStatement]) async throws(PostgresFailure) -> [PostgresRows] {
        notes.note(statements)
        return try await base.run(statements)
    }
}
#endif
