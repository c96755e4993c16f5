import Marketplace
import MarketplaceTestKit
import Testing

struct AdaptersGuide {
    // guide: The laws in your tests
    @Test(arguments: StoreLaws.all)
    func everyLawOfStoreHolds(_ law: StoreLaw) async throws {
        try await law.check {
            let database = InMemoryDatabase()  // yours, on a server for tests
            return database.store(namespace: "law")  // a namespace that nobody has used
        }
    }

    @Test(arguments: NamespaceLaws.all)
    func everyLawOfNamespacesHolds(_ law: NamespaceLaw) async throws {
        try await law.check {
            let database = InMemoryDatabase()
            return NamespacePair(database.store(namespace: "one"), database.store(namespace: "two"))
        }
    }

    @Test(arguments: DurableStoreLaws.all)
    func everyLawOfDurabilityHolds(_ law: DurableStoreLaw) async throws {
        try await law.check {
            let database = InMemoryDatabase()
            return DurableStoreSite { database.store(namespace: "law") }  // a new connection, nothing kept in memory
        }
    }
    // end of guide

    @Test func aSkipIsDeclared() async throws {
        // guide: Skips
        let skips = [LawSkip("input.largest", because: "the proxy before the test server takes 512 KiB at most")]
        try await StoreLaws.all.check(skipping: skips) { InMemoryStore() }  // or, case by case: all.skipping(skips)
        // end of guide
    }

    // guide: Faults
    @Test(arguments: StoreFaultLaws.all)
    func everyLawOfFailingCommitsHolds(_ law: StoreFaultLaw) async throws {
        try await law.check {
            // Yours, over a driver for tests that breaks its connection when it is told to.
            let store = FaultInjectingStore(InMemoryStore())
            return FaultyStoreSite(store) { fault, count in
                let fired = store.firedFaults.count
                store.reset()
                switch fault {
                case .refuse: store.inject(.unavailable, atCommits: 1..<(count + 1))
                case .loseRequest: store.inject(.loseRequest, atCommits: 1..<(count + 1))
                case .loseAnswer: store.inject(.loseAnswer, atCommits: 1..<(count + 1))
                case .interrupt(let statements):
                    // A commit of one statement: the connection is lost before it or after it.
                    guard statements < 2 else { break }
                    store.inject(statements == 0 ? .loseRequest : .loseAnswer, atCommits: 1..<(count + 1))
                }
                return fired
            }
        }
    }
    // end of guide

    // guide: Held commits
    @Test(arguments: HeldCommitLaws.all)
    func everyLawOfHeldCommitsHolds(_ law: HeldCommitLaw) async throws {
        try await law.check {
            let gate = StoreGate()
            // Yours, over a driver for tests that awaits `gate.pass()` right before it sends COMMIT.
            let store = FaultInjectingStore(InMemoryStore(), beforeCommit: { _ in await gate.pass() })
            return HeldStoreSite(store, gate: gate)
        }
    }
    // end of guide

    @Test func everyCrashLeadsToTheSameEnd() async throws {
        // guide: The crash matrix
        let identifiers = SeededIdentifiers(seed: 1)
        let (order, payment): (TransactionID, TransactionID) = (identifiers.next(), identifiers.next())
        func sell(on store: any Store) async throws {
            for id in [order, payment] {  // the same ids in every process
                var transaction = Transaction(id: id, time: .epoch)
                transaction.add(1, to: "sold")
                _ = try await store.commit(transaction)
            }
        }
        let clean = FaultInjectingStore(InMemoryStore())
        try await sell(on: clean)
        for number in 1...clean.commitCount {
            for fault in [CommitFault.crashBefore, .crashAfter, .loseAnswer, .loseRequest] {
                let database = InMemoryStore()  // yours: it outlives the process
                let process = FaultInjectingStore(database)
                process.inject(fault, atCommit: number)
                await #expect(throws: StoreError.self) { try await sell(on: process) }
                #expect(process.unfiredFaults.isEmpty)  // a fault that never came about proves nothing
                try await sell(on: database)  // the next process begins anew
                #expect(try await database.counter("sold") == 2)
            }
        }
        // end of guide
    }

    // guide: An inventory
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func everyHistoryIsExplainedBySomeOrder(seed: UInt64) async throws {
        try await InventoryTrials.checkHistory(seed: seed) { InMemoryInventory() }  // yours, empty
    }

    @Test func everyAnswerOfALongWalkIsTheModels() async throws {
        try await InventoryTrials.walk(steps: 2_000, seed: 1) { InMemoryInventory() }  // yours, empty
    }
    // end of guide

    // guide: A stock table
    @Test(arguments: StockTableLaws.all)
    func everyLawOfTablesHolds(_ law: StockTableLaw) async throws {
        try await law.check {
            let table = InMemoryStockTable()  // yours, over empty tables
            return StockTableSite { table }  // a new connection each time
        }
    }
    // end of guide
}
