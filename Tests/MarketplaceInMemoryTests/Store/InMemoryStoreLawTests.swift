import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct InMemoryStoreLawTests {
    @Test(arguments: StoreLaws.all)
    func everyLawOfStoreHolds(_ law: StoreLaw) async throws {
        try await law.check { InMemoryStore() }
    }

    @Test(arguments: StoreLaws.all)
    func everyLawOfStoreHoldsInADatabase(_ law: StoreLaw) async throws {
        try await law.check {
            let database = InMemoryDatabase()
            // A neighbour with something of everything, so that what is mixed up shows.
            try await StoreLaws.commitAppliesEveryPart.check { database.store(namespace: "neighbour") }
            return database.store(namespace: "own")
        }
    }

    @Test(arguments: StoreFaultLaws.all)
    func everyLawOfFailingCommitsHolds(_ law: StoreFaultLaw) async throws {
        try await law.check {
            // Nothing can fail between this store and its memory, so what fails is put before it.
            let store = FaultInjectingStore(InMemoryStore())
            return FaultyStoreSite(store) { fault, count in
                let fired = store.firedFaults.count
                store.reset()
                switch fault {
                case .refuse: store.inject(.unavailable, atCommits: 1..<(count + 1))
                case .loseRequest, .interrupt(afterStatements: 0):
                    store.inject(.loseRequest, atCommits: 1..<(count + 1))
                case .loseAnswer, .interrupt(afterStatements: 1): store.inject(.loseAnswer, atCommits: 1..<(count + 1))
                case .interrupt: break
                }
                return fired
            }
        }
    }

    @Test(arguments: HeldCommitLaws.all)
    func everyLawOfHeldCommitsHolds(_ law: HeldCommitLaw) async throws {
        try await law.check {
            let gate = StoreGate()
            return HeldStoreSite(
                FaultInjectingStore(InMemoryStore(), beforeCommit: { _ in await gate.pass() }),
                gate: gate
            )
        }
    }

    @Test(arguments: DurableStoreLaws.all)
    func everyLawOfDurabilityHoldsWhileTheProcessLives(_ law: DurableStoreLaw) async throws {
        try await law.check {
            let database = InMemoryDatabase()
            return DurableStoreSite { database.store(namespace: "own") }
        }
    }

    @Test(arguments: NamespaceLaws.all)
    func everyLawOfNamespacesHolds(_ law: NamespaceLaw) async throws {
        try await law.check {
            let database = InMemoryDatabase()
            return NamespacePair(database.store(namespace: "one"), database.store(namespace: "two"))
        }
    }

    // A minute before a wake-up counts as lost: a thousand other tests may stand before it.
    @Test(arguments: ChangeSignalLaws.laws(patience: .seconds(60)))
    func everyLawOfChangeSignalsHolds(_ law: ChangeSignalLaw) async throws {
        try await law.check { InMemoryStore() }
    }
}
