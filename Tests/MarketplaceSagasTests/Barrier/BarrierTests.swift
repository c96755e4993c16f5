import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct BarrierTests {
    private let bank = Bank()

    @Test func aForwardCallTakesEffectOnceAndItsRepetitionGetsTheFirstResult() async throws {
        #expect(try await bank.deposit("a") == 1)
        #expect(try await bank.deposit("a") == 1)
        #expect(try await bank.deposit("b") == 2)
        #expect(try await bank.balance() == 2)
    }

    @Test func anUndoTakesTheEffectBackOnce() async throws {
        _ = try await bank.deposit("a")
        #expect(try await bank.withdraw("a") == .undone)
        #expect(try await bank.withdraw("a") == .repetition)
        #expect(try await bank.balance() == 0)
    }

    @Test func aForwardCallAfterItsUndoIsRefused() async throws {
        _ = try await bank.deposit("a")
        _ = try await bank.withdraw("a")
        await expectRefused { _ = try await bank.deposit("a") }
        #expect(try await bank.balance() == 0)
    }

    @Test func anUndoWithoutAForwardCallIsHarmlessAndRefusesALateOne() async throws {
        #expect(try await bank.withdraw("a") == .neverPerformed)
        #expect(try await bank.withdraw("a") == .repetition)
        await expectRefused { _ = try await bank.deposit("a") }
        #expect(try await bank.balance() == 0)
    }

    @Test func aCallWithoutAResultPassesOnceToo() async throws {
        for _ in 0..<2 {
            try await bank.barrier().perform("a") { transaction in transaction.add(5, to: Bank.balance) }
        }
        #expect(try await bank.balance() == 5)
    }

    @Test func aBodyThatThrowsLeavesNothingBehind() async throws {
        let error = await #expect(throws: BarrierError.self) {
            try await bank.barrier().perform("a") { transaction in
                transaction.add(1, to: Bank.balance)
                throw Refused("closed")
            }
        }
        #expect(error?.effect == .refused)
        #expect(try await bank.deposit("a") == 1)
    }

    @Test(arguments: [CommitFault.loseAnswer, .loseRequest])
    func anUnknownCommitIsResolved(fault: CommitFault) async throws {
        let store = FaultInjectingStore(bank.store)
        store.inject(fault, atCommits: [1, 3])
        #expect(try await bank.deposit("a", through: store) == 1)
        #expect(try await bank.withdraw("a", through: store) == .undone)
        #expect(store.unfiredFaults.isEmpty)
        #expect(try await bank.balance() == 0)
    }

    @Test(arguments: [CommitFault.crashBefore, .crashAfter])
    func aCallThatDiesIsRepeatedWithoutASecondEffect(fault: CommitFault) async throws {
        let store = FaultInjectingStore(bank.store)
        store.inject(fault, atCommit: 1)
        await #expect(throws: BarrierError.self) { try await bank.deposit("a", through: store) }
        #expect(store.unfiredFaults.isEmpty)
        #expect(try await bank.deposit("a") == 1)
        #expect(try await bank.balance() == 1)
    }

    /// The read of both comes before the commit of either, so one of them loses the race and looks again.
    @Test func whoeverLosesTheRaceOfForwardAndUndoFindsWhatTheOtherLeft() async throws {
        let late = FaultInjectingStore(
            bank.store,
            beforeCommit: { number in
                if number == 1 { _ = try? await bank.withdraw("a") }
            }
        )
        await expectRefused { _ = try await bank.deposit("a", through: late) }
        #expect(try await bank.balance() == 0)

        let overtaken = FaultInjectingStore(
            bank.store,
            beforeCommit: { number in
                if number == 1 { _ = try? await bank.deposit("b") }
            }
        )
        #expect(try await bank.withdraw("b", through: overtaken) == .undone)
        #expect(try await bank.balance() == 0)
    }

    @Test func forwardAndUndoFromManyTasksEndUndone() async throws {
        for round in 0..<50 {
            let key = try IdempotencyKey("round-\(round)")
            let bank = bank
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask { _ = try? await bank.deposit(key) }
                    group.addTask { _ = try? await bank.withdraw(key) }
                }
            }
            await expectRefused { _ = try await bank.deposit(key) }
            #expect(try await bank.balance() == 0)
        }
    }

    @Test func recordsAreForgottenAfterTheirRetentionAndNotBefore() async throws {
        _ = try await bank.withdraw("a")
        bank.clock.advance(by: Barrier.defaultRetention - .seconds(1))
        #expect(try await bank.barrier().sweep() == 0)
        await expectRefused { _ = try await bank.deposit("a") }
        bank.clock.advance(by: .seconds(1))
        #expect(try await bank.barrier().sweep() == 1)
        #expect(try await bank.deposit("a") == 1)
    }

    @Test func aKeyThatIsTooLongIsRefusedAndNotTrappedOn() async throws {
        let key = try IdempotencyKey(String(repeating: "k", count: 512))
        let error = await #expect(throws: BarrierError.self) { try await bank.deposit(key) }
        #expect(error?.effect == .refused)
    }

    @Test func aStepAndItsUndoMeetAtTheBarrier() async throws {
        let barrier = bank.barrier()
        let definition = SagaDefinition("deposit", version: 1, state: Deposit.self) {
            Step("deposit") { _, step in
                try await barrier.perform(step.effectKey) { transaction in transaction.add(1, to: Bank.balance) }
            } undo: { _, _, step in
                try await barrier.undo(step.effectKey) { transaction in transaction.add(-1, to: Bank.balance) }
            }
            Step("approve") { _, _ in
                throw Refused("no")
            } undo: { _, _, _ in
            }
        }
        let sagas = SagaCoordinator(
            store: bank.store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 2),
            definitions: [SagaRegistration(definition)],
            wallClock: bank.clock.wall,
            clock: bank.clock
        )
        let handle = try await sagas.start(definition, Deposit(), key: "one")
        guard case .aborted = try await handle.outcome() else {
            Issue.record("not aborted")
            return
        }
        #expect(try await bank.balance() == 0)
    }

    private func expectRefused(_ body: () async throws -> Void) async {
        let error = await #expect(throws: BarrierError.self) { try await body() }
        guard case .undone = error?.cause else {
            Issue.record("not refused as undone: \(String(describing: error))")
            return
        }
        #expect(error?.effect == .refused)
    }
}

private struct Deposit: SagaState {}

/// A participant that keeps one balance.
private struct Bank: Sendable {
    static let balance: CounterKey = "balance"

    let clock = ManualClock()
    let store: InMemoryStore
    private let identifiers = SeededIdentifiers(seed: 1)

    init() {
        store = InMemoryStore(wallClock: clock.wall, clock: clock)
    }

    func barrier(over store: (any Store)? = nil) -> Barrier {
        Barrier("bank", store: store ?? self.store, codec: .json, identifiers: identifiers, wallClock: clock.wall)
    }

    /// Deposits one, and returns the balance after it.
    func deposit(_ key: IdempotencyKey, through store: (any Store)? = nil) async throws -> Int64 {
        let base = self.store
        return try await barrier(over: store).perform(key) { transaction in
            transaction.add(1, to: Self.balance)
            return try await base.counter(Self.balance) + 1
        }
    }

    func withdraw(_ key: IdempotencyKey, through store: (any Store)? = nil) async throws -> BarrierUndo {
        try await barrier(over: store).undo(key) { transaction in
            transaction.add(-1, to: Self.balance)
        }
    }

    func balance() async throws -> Int64 {
        try await store.counter(Self.balance)
    }
}
