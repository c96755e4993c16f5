#if LibPQ
import MarketplaceCore
import MarketplacePostgres
import MarketplaceStorage
import MarketplaceTestKit
import Testing

@Suite(.serialized, .enabled(if: PrivateServer.address != nil, "it needs a private server: Tests/run --only postgres"))
struct PostgresStoreLawTests {
    @Test(arguments: StoreLaws.all)
    func everyLawOfStoreHolds(_ law: StoreLaw) async throws {
        try await law.check {
            let database = try await TestDatabase()
            // A neighbour with something of everything, so that what is mixed up shows.
            let neighbour = try database.store("neighbour")
            try await StoreLaws.commitAppliesEveryPart.check { neighbour }
            return database.store
        }
    }

    @Test(arguments: StoreLaws.all)
    func everyLawOfStoreHoldsBetweenProcesses(_ law: StoreLaw) async throws {
        try await law.check { try await Self.rotating() }
    }

    @Test(arguments: NamespaceLaws.all)
    func everyLawOfNamespacesHolds(_ law: NamespaceLaw) async throws {
        try await law.check {
            let database = try await TestDatabase()
            return NamespacePair(try database.store("one"), try database.store("two"))
        }
    }

    @Test(arguments: ChangeSignalLaws.laws(patience: .seconds(60)))
    func everyLawOfChangeSignalsHolds(_ law: ChangeSignalLaw) async throws {
        try await law.check { try await TestDatabase().store }
    }

    @Test(arguments: ChangeSignalLaws.laws(patience: .seconds(60)))
    func everyLawOfChangeSignalsHoldsBetweenProcesses(_ law: ChangeSignalLaw) async throws {
        try await law.check { try await Self.rotating() }
    }

    @Test(arguments: DurableStoreLaws.all)
    func everyLawOfDurabilityHolds(_ law: DurableStoreLaw) async throws {
        try await law.check {
            let namespace = try await TestDatabase().namespace
            return DurableStoreSite { try await TestDatabase(namespace: namespace).store }
        }
    }

    @Test(arguments: StoreFaultLaws.all)
    func everyLawOfFailingCommitsHolds(_ law: StoreFaultLaw) async throws {
        try await law.check {
            let probe = ScriptedWriterProbe()
            return FaultyStoreSite(try await TestDatabase(probe: probe).store) { probe.inject($0, $1) }
        }
    }

    @Test(arguments: HeldCommitLaws.all)
    func everyLawOfHeldCommitsHolds(_ law: HeldCommitLaw) async throws {
        try await law.check {
            let gate = StoreGate()
            return HeldStoreSite(try await TestDatabase(probe: ScriptedWriterProbe(gate: gate)).store, gate: gate)
        }
    }

    @Test(arguments: HeldCommitLaws.all)
    func everyLawOfHeldCommitsHoldsBetweenProcesses(_ law: HeldCommitLaw) async throws {
        try await law.check {
            let gate = StoreGate()
            return HeldStoreSite(try await Self.rotating { ScriptedWriterProbe(gate: gate) }, gate: gate)
        }
    }

    private static func rotating(probe: () -> ScriptedWriterProbe? = { nil }) async throws -> RotatingStore {
        let first = try await TestDatabase(probe: probe())
        var stores = [first.store]
        for _ in 1..<3 { stores.append(try await TestDatabase(namespace: first.namespace, probe: probe()).store) }
        return RotatingStore(stores)
    }
}
#endif
