#if SQLite
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplaceSQLite

struct SQLiteReaderPoolTests {
    @Test func manyReadsAtOnceEachSeeWhatWasCommittedBeforeThem() async throws {
        let store = try await TestDatabase().store()
        let identifiers = SeededIdentifiers(seed: 1)
        let late = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<200 {
                let key: CounterKey = try TextKey("counter-\(task)")
                group.addTask {
                    var late = 0
                    for round in 1...10 {
                        var transaction = Transaction(id: identifiers.next(), time: .epoch)
                        transaction.add(1, to: key)
                        _ = try await store.commit(transaction)
                        if try await store.counter(key) != round { late += 1 }
                    }
                    return late
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(late == 0, "a read shared a snapshot that was older than itself")
    }

    @Test func whoIsCancelledInLineLeavesItAndNobodyElseDoes() async throws {
        let store = try await TestDatabase().store()
        let reads = (0..<500).map { number in
            (number, Task { try await store.counter("a") })
        }
        for (number, read) in reads where number % 2 == 1 { read.cancel() }
        for (number, read) in reads {
            switch await read.result {
            case .success(let value): #expect(value == 0)
            case .failure(let error):
                #expect(number % 2 == 1, "nobody cancelled \(number)")
                guard case StoreError.notApplied(let failure)? = error as? StoreError else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(failure.code == .cancelled)
            }
        }
    }
}
#endif
