#if SQLite
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplaceSQLite

struct InterruptedReadTests {
    @Test func aCancelledReadEndsAndLeavesItsConnectionSound() async throws {
        var configuration = SQLiteConfiguration.quick
        configuration.readerCount = 1
        let store = try await TestDatabase(configuration: configuration).store()
        let identifiers = SeededIdentifiers(seed: 1)
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        let stream = StreamID("a", "a")
        let drafts = (0..<5_000).map { _ in EventDraft(id: identifiers.next(), name: "E", payload: [1, 2, 3]) }
        transaction.append(drafts, to: stream, expecting: .none)
        _ = try await store.commit(transaction)
        var ended = 0
        for round in 0..<60 {
            let task = Task { try await store.events(in: stream, from: .first, limit: StoreLimits.pageSize).count }
            for _ in 0..<(round * 20) { await Task.yield() }
            task.cancel()
            switch await task.result {
            case .success(let count): #expect(count == 5_000)
            case .failure(let error):
                guard case .notApplied(let failure) = error as? StoreError, failure.code == .cancelled else {
                    Issue.record("\(error)")
                    return
                }
                ended += 1
            }
            // The next read on that connection is neither interrupted nor left in an old snapshot.
            var next = Transaction(id: identifiers.next(), time: .epoch)
            next.add(1, to: "a")
            let value = try await store.commit(next).counters
            #expect(try await [store.counter("a")] == value)
        }
        #expect(ended > 0, "no read was cancelled in time")
    }

    @Test func aReadThatIsCancelledWhileItWaitsForAConnectionLeavesTheLine() async throws {
        var configuration = SQLiteConfiguration.quick
        configuration.readerCount = 1
        let store = try await TestDatabase(configuration: configuration).store()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let task = Task { try await store.counter("a") }
                    if number.isMultiple(of: 2) { task.cancel() }
                    return (try? await task.value) != nil || number.isMultiple(of: 2)
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == [true: 200])
        #expect(try await store.counter("a") == 0)
    }
}
#endif
