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

    @Test func theNextCommitsFailOneAfterTheOther() async throws {
        let store = FaultInjectingStore(base)
        _ = try await store.commit(transaction(1))
        store.injectNext(.unavailable, .loseRequest)
        let failures = [EffectOutcome.notApplied, .unknown]
        for effect in failures {
            let error = await #expect(throws: StoreError.self) { try await store.commit(transaction(2)) }
            #expect(error?.effect == effect)
        }
        _ = try await store.commit(transaction(2))
        #expect(store.firedFaults == [2: .unavailable, 3: .loseRequest])
    }

    @Test func aResetForgetsFaultsAndCountsAnewButACrashStays() async throws {
        let store = FaultInjectingStore(base)
        store.inject(.unavailable, atCommits: 1...9)
        await #expect(throws: StoreError.self) { try await store.commit(transaction(1)) }
        store.reset()
        _ = try await store.commit(transaction(1))
        #expect(store.commitCount == 1)
        #expect(store.firedFaults.isEmpty && store.unfiredFaults.isEmpty)
        store.injectNext(.crashBefore)
        await #expect(throws: StoreError.self) { try await store.commit(transaction(2)) }
        store.reset()
        await #expect(throws: StoreError.self) { try await store.commit(transaction(2)) }
    }

    @Test func uncertaintyIsTheSameForASeedAndNeverComesTwiceInARow() {
        let faults = Self.faults(seed: 5)
        #expect(faults == Self.faults(seed: 5))
        #expect(faults != Self.faults(seed: 6))
        #expect(faults.contains(.loseAnswer) && faults.contains(.loseRequest))
        #expect(Set(faults).count == 3)
        #expect(zip(faults, faults.dropFirst()).allSatisfy { $0 == nil || $1 == nil })
    }

    @Test func aSlowStoreIsOneWhoseCommitsAdvanceAClock() async throws {
        let clock = ManualClock()
        let store = FaultInjectingStore(base, beforeCommit: { number in clock.advance(by: .seconds(number)) })
        _ = try await store.commit(transaction(1))
        _ = try await store.commit(transaction(2))
        #expect(clock.now.offset == .seconds(3))
    }

    @Test func aRivalCanCommitFirst() async throws {
        let rival = transaction(7)
        let store = FaultInjectingStore(base, beforeCommit: { [base] _ in _ = try? await base.commit(rival) })
        store.injectNext(.loseRequest)
        await #expect(throws: StoreError.self) { try await store.commit(transaction(1)) }
        #expect(try await base.counter("counter") == 1)
    }

    @Test func readsFailAsOftenAsTheyAreToldAndThenAnswer() async throws {
        let store = FaultInjectingStore(base)
        store.failNextReads(2)
        await #expect(throws: StoreError.self) { try await store.counter("counter") }
        #expect(store.unfiredReadFailures == 1)
        await #expect(throws: StoreError.self) { try await store.document(DocumentKey("things", "a")) }
        #expect(store.unfiredReadFailures == 0)
        #expect(try await store.counter("counter") == 0)
    }

    @Test func aReadHasItsAnswerBeforeOthersGoFirst() async throws {
        let rival = transaction(7)
        let store = FaultInjectingStore(base, afterRead: { [base] in _ = try? await base.commit(rival) })
        #expect(try await store.counter("counter") == 0)
        #expect(try await store.counter("counter") == 1)
    }

    private static func faults(seed: UInt64) -> [CommitFault?] {
        let rule = FaultInjectingStore.uncertainty(oneIn: 3, seed: seed)
        let transaction = Transaction(id: TransactionID(bits: 1), time: .epoch)
        return (1...200).map { rule($0, transaction) }
    }
}
