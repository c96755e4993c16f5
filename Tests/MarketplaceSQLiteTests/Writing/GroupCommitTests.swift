#if SQLite
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing
@testable import MarketplaceSQLite

struct GroupCommitTests {
    private let identifiers = SeededIdentifiers(seed: 1)

    private func addition(_ delta: Int64 = 1, ceiling: Int64? = nil, to key: CounterKey = "a") -> Transaction {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        transaction.add(delta, to: key, ceiling: ceiling)
        return transaction
    }

    @Test func callersWhoArriveTogetherShareTransactions() async throws {
        let probe = ScriptedWriterProbe()
        let store = try await TestDatabase(probe: probe).store()
        let before = probe.commits
        let values = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<2_000 {
                let transaction = addition()
                group.addTask { try await store.commit(transaction).counters[0] }
            }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect(values == Set(1...2_000), "each was told its own value")
        let commits = probe.commits - before
        #expect(commits < 200, "2,000 callers took \(commits) transactions")
    }

    @Test func aRefusalFailsNobodyElseOfTheBatch() async throws {
        let gate = StoreGate()
        let probe = ScriptedWriterProbe(gate: gate)
        let store = try await TestDatabase(probe: probe).store()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<500 {
                let transaction = addition(ceiling: 100)
                group.addTask {
                    do throws(StoreError) {
                        _ = try await store.commit(transaction)
                        return true
                    } catch {
                        guard case .conflict(.counterBound(_, .ceiling(100), 100, 1)) = error else {
                            Issue.record("\(error)")
                            return false
                        }
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
        let store = try await TestDatabase().store()
        let transaction = addition()
        let receipts = try await withThrowingTaskGroup(of: CommitReceipt.self) { group in
            for _ in 0..<50 { group.addTask { try await store.commit(transaction) } }
            return try await group.reduce(into: Set<CommitReceipt>()) { $0.insert($1) }
        }
        #expect(receipts.count == 1)
        #expect(try await store.counter("a") == 1)
    }

    @Test func whoeverSpoilsABatchStandsAlone() async throws {
        let store = try await TestDatabase(probe: SpoiledCounterProbe()).store()
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

    @Test func aTaskThatIsCancelledInLineIsNotApplied() async throws {
        let gate = StoreGate()
        let store = try await TestDatabase(probe: ScriptedWriterProbe(gate: gate)).store()
        for _ in 0..<50 {
            let transaction = addition()
            let before = try await store.counter("a")
            let task = Task { try await store.commit(transaction) }
            task.cancel()
            let result = await task.result
            let after = try await store.counter("a")
            switch result {
            case .success: #expect(after == before + 1)
            case .failure(let error):
                guard case .notApplied(let failure) = error as? StoreError else {
                    Issue.record("\(error)")
                    return
                }
                #expect(failure.code == .cancelled)
                #expect(after == before)
            }
        }
    }

    @Test func ofADocumentThatIsThereAndACounterThatIsFullTheDocumentIsTold() async throws {
        let store = try await TestDatabase().store()
        let key = DocumentKey("own", "a")
        _ = try await store.commit(creation(of: key))
        _ = try await store.commit(addition(5))
        var both = creation(of: key)
        both.add(1, to: "a", ceiling: 5)
        await #expect(throws: StoreError.conflict(.documentRevision(key, expected: nil, actual: DocumentRevision(1)))) {
            try await store.commit(both)
        }
        #expect(try await store.counter("a") == 5)
    }

    @Test func aCounterThatCannotBeReadIsNoConflictOfTheDocumentBesideIt() async throws {
        let store = try await TestDatabase(probe: SpoiledCounterProbe()).store()
        let key = DocumentKey("own", "a")
        _ = try await store.commit(creation(of: key))
        var both = creation(of: key)
        both.add(1, to: SpoiledCounterProbe.key)
        let error = await #expect(throws: StoreError.self) { try await store.commit(both) }
        guard case .notApplied = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    private func creation(of key: DocumentKey) -> Transaction {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        transaction.write(DocumentWrite(key, body: [1], expecting: .absent))
        return transaction
    }

    @Test func theDrainerCarriesNobodysTaskLocals() async throws {
        let probe = TaskLocalProbe()
        let store = try await TestDatabase(probe: probe).store()
        let transaction = addition()
        try await TaskLocalProbe.$name.withValue("caller") { _ = try await store.commit(transaction) }
        #expect(probe.names == ["nobody"])
    }
}

/// Fails whatever reads one counter, as a server would that cannot digest it.
private final class SpoiledCounterProbe: SQLiteWriterProbe {
    static let key: CounterKey = "spoiled"

    func willBegin() throws(SQLiteFailure) {}
    func willRun(_ query: SQLiteQuery) throws(SQLiteFailure) {}
    func didBind(_ statement: SQLiteStatement) throws(SQLiteFailure) {
        guard statement.expandedSQL.contains("'\(Self.key.text)'") else { return }
        throw SQLiteFailure(code: 18, message: "injected: too big")
    }
    func holdCommit() async {}
    func didCommit() throws(SQLiteFailure) {}
}

/// Notes which task-local it runs under.
private final class TaskLocalProbe: SQLiteWriterProbe {
    @TaskLocal static var name = "nobody"
    private let seen = Mutex<[String]>([])

    var names: [String] { seen.withLock { $0 } }

    func willBegin() throws(SQLiteFailure) { seen.withLock { $0.append(Self.name) } }
    func willRun(_ query: SQLiteQuery) throws(SQLiteFailure) {}
    func didBind(_ statement: SQLiteStatement) throws(SQLiteFailure) {}
    func holdCommit() async {}
    func didCommit() throws(SQLiteFailure) {}
}
#endif
