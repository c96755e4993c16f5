#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing
@testable import MarketplacePostgres

@Suite(.serialized, .onPrivateServer)
struct PostgresGroupCommitTests {
    private let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())

    private func addition(_ delta: Int64 = 1, ceiling: Int64? = nil, to key: CounterKey = "a") -> Transaction {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        transaction.add(delta, to: key, ceiling: ceiling)
        return transaction
    }

    @Test func callersWhoArriveTogetherShareTransactions() async throws {
        let probe = ScriptedWriterProbe()
        let store = try await TestDatabase(probe: probe).store
        let values = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<2_000 {
                let transaction = addition()
                group.addTask { try await store.commit(transaction).counters[0] }
            }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect(values == Set(1...2_000), "each was told its own value")
        #expect(probe.commits < 200, "2,000 callers took \(probe.commits) transactions")
    }

    @Test func aRefusalFailsNobodyElseOfTheBatch() async throws {
        let store = try await TestDatabase().store
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<500 {
                let transaction = addition(ceiling: 100)
                group.addTask {
                    do throws(StoreError) {
                        _ = try await store.commit(transaction)
                        return true
                    } catch {
                        let refusal = StoreConflict.counterBound("a", bound: .ceiling(100), value: 100, delta: 1)
                        #expect(error == .conflict(refusal))
                        return false
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == [true: 100, false: 400])
        #expect(try await store.counter("a") == 100)
    }

    @Test func twoOfOneBatchWithOneIdAreOne() async throws {
        let store = try await TestDatabase().store
        let transaction = addition()
        let receipts = try await withThrowingTaskGroup(of: CommitReceipt.self) { group in
            for _ in 0..<50 { group.addTask { try await store.commit(transaction) } }
            return try await group.reduce(into: Set<CommitReceipt>()) { $0.insert($1) }
        }
        #expect(receipts.count == 1)
        #expect(try await store.counter("a") == 1)
    }

    @Test func whoeverSpoilsABatchStandsAlone() async throws {
        let store = try await TestDatabase(probe: SpoiledCounterProbe()).store
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
                let transaction = addition(to: number == 17 ? SpoiledCounterProbe.key : "sound")
                group.addTask { (try? await store.commit(transaction)) != nil }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == [true: 39, false: 1])
        #expect(try await store.counters(["sound", SpoiledCounterProbe.key]) == ["sound": 39, "spoiled": 0])
    }

    @Test func whatOthersStoodInTheWayOfIsTriedAgain() async throws {
        let probe = ContendedProbe(times: PostgresTransactions.attempts - 1)
        let store = try await TestDatabase(probe: probe).store
        #expect(try await store.commit(addition()).counters == [1])
        let lasting = ContendedProbe(times: PostgresTransactions.attempts)
        let other = try await TestDatabase(probe: lasting).store
        await #expect(throws: StoreError.self) { try await other.commit(addition()) }
        #expect(try await other.counter("a") == 0)
    }

    @Test func theDrainerCarriesNobodysTaskLocals() async throws {
        let probe = TaskLocalProbe()
        let store = try await TestDatabase(probe: probe).store
        let transaction = addition()
        _ = try await TaskLocalProbe.$name.withValue("caller") { try await store.commit(transaction) }
        #expect(probe.names == ["nobody"])
    }

    @Test func idsAreForgottenAfterTheirTimeAndTheirRowsToo() async throws {
        let clock = ManualClock()
        let configuration = PostgresConfiguration(receiptRetention: .seconds(60))
        let database = try await TestDatabase(configuration: configuration, wallClock: clock.wall)
        let (store, first) = (database.store, addition())
        _ = try await store.commit(first)
        clock.advance(by: .seconds(59))
        #expect(try await store.commit(first).counters == [1])
        clock.advance(by: .seconds(1))
        #expect(try await store.commit(first).counters == [2])
        for _ in 0..<(PostgresWriter.sweepInterval * 3) {
            _ = try await store.commit(addition())
            clock.advance(by: .seconds(10))
        }
        let rows = try await database.database.read([
            PostgresStatement(
                "select count(*) from marketplace_receipt where namespace = \(PostgresReading.own)",
                values: [.text(database.namespace.text)]
            )
        ])
        #expect(try rows[0].integer(0, of: 0) <= PostgresWriter.sweepInterval + 7)
    }
}

/// Fails whatever writes one counter, as a server would that cannot digest it.
private final class SpoiledCounterProbe: PostgresWriterProbe {
    static let key: CounterKey = "spoiled"

    func willBegin() throws(PostgresFailure) {}

    func willRun(_ statements: [PostgresStatement]) throws(PostgresFailure) {
        let spoiled = PostgresValue.texts([Self.key.text]).bytes?.suffix(Self.key.text.utf8.count) ?? []
        for value in statements.flatMap(\.values) where [.text, .textArray].contains(value.type) {
            let bytes = value.bytes ?? []
            for start in bytes.indices where bytes[start...].starts(with: spoiled) {
                throw PostgresFailure(PostgresFailure.Code("22000"), "injected: cannot be digested")
            }
        }
    }

    func holdCommit() async {}
    func didEnd() throws(PostgresFailure) {}
}

/// Is told by the server, so many times, that it stood in the way of others.
private final class ContendedProbe: PostgresWriterProbe {
    private let left: Mutex<Int>

    init(times: Int) {
        left = Mutex(times)
    }

    func willBegin() throws(PostgresFailure) {
        let isContended = left.withLock { left in
            left -= 1
            return left >= 0
        }
        if isContended { throw PostgresFailure(.deadlock, "injected") }
    }

    func willRun(_ statements: [PostgresStatement]) throws(PostgresFailure) {}
    func holdCommit() async {}
    func didEnd() throws(PostgresFailure) {}
}

/// Notes which task-local it runs under.
private final class TaskLocalProbe: PostgresWriterProbe {
    @TaskLocal static var name = "nobody"
    private let seen = Mutex<[String]>([])

    var names: [String] { seen.withLock { $0 } }

    func willBegin() throws(PostgresFailure) { seen.withLock { $0.append(Self.name) } }
    func willRun(_ statements: [PostgresStatement]) throws(PostgresFailure) {}
    func holdCommit() async {}
    func didEnd() throws(PostgresFailure) {}
}
#endif
