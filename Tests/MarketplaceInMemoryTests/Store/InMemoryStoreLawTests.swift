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
