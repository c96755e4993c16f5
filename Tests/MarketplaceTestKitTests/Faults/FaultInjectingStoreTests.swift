import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct FaultInjectingStoreTests {
    private let base = InMemoryStore()

    private func transaction(_ number: UInt128) -> Transaction {
        var transaction = Transaction(id: TransactionID(bits: number), time: .epoch)
        transaction.add(1, to: "counter")
        return transaction
    }

    @Test func aRefusedCommitIsNotApplied() async throws {
        let store = FaultInjectingStore(base)
        let failure = StoreFailure(.overloaded, "busy")
        store.inject(.refuse(failure), atCommit: 1)
        await #expect(throws: StoreError.notApplied(failure)) { try await store.commit(transaction(1)) }
        #expect(try await base.counter("counter") == 0)
        _ = try await store.commit(transaction(1))
        #expect(try await base.counter("counter") == 1)
    }

    @Test func aLostAnswerLeavesTheCommitAppliedAndARepetitionTells() async throws {
        let store = FaultInjectingStore(base)
        store.inject(.loseAnswer, atCommit: 1)
        await #expect(throws: StoreError.self) { try await store.commit(transaction(1)) }
        #expect(try await base.counter("counter") == 1)
        _ = try await store.commit(transaction(1))
        #expect(try await base.counter("counter") == 1)
    }

    @Test func aLostRequestLeavesTheCommitUnapplied() async throws {
        let store = FaultInjectingStore(base)
        store.inject(.loseRequest, atCommit: 1)
        await #expect(throws: StoreError.self) { try await store.commit(transaction(1)) }
        #expect(try await base.counter("counter") == 0)
    }

    @Test(arguments: [CommitFault.crashBefore, .crashAfter])
    func nothingWorksAfterACrash(_ fault: CommitFault) async throws {
        let store = FaultInjectingStore(base)
        store.inject(fault, atCommit: 2)
        _ = try await store.commit(transaction(1))
        await #expect(throws: StoreError.self) { try await store.commit(transaction(2)) }
        await #expect(throws: StoreError.self) { try await store.commit(transaction(3)) }
        await #expect(throws: StoreError.self) { try await store.counter("counter") }
        #expect(try await base.counter("counter") == (fault == .crashAfter ? 2 : 1))
        #expect(store.firedFaults == [2: fault])
    }

    @Test func aFaultThatNeverCameAboutIsListed() async throws {
        let store = FaultInjectingStore(base)
        store.inject(.crashBefore, atCommit: 9)
        _ = try await store.commit(transaction(1))
        #expect(store.unfiredFaults == [9: .crashBefore])
    }
}
