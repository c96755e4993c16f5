import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Testing

extension InventoryForm {
    /// A place where this form keeps its stock.
    func makeSite(seed: UInt64 = 1) -> InventorySite {
        switch self {
        case .inMemory:
            let inventory = InMemoryInventory()
            return InventorySite { inventory }
        case .onStore:
            return Self.site(on: InMemoryStore())
        case .onFaultyStore:
            return Self.site(on: FaultInjectingStore.uncertain(oneIn: 3, seed: seed))
        }
    }

    private static func site(on store: any Store) -> InventorySite {
        InventorySite { StoreInventory(store: store, codec: .json) }
    }
}

struct InventoryLawTests {
    @Test(arguments: InventoryForm.allCases, InventoryLaws.all)
    func everyLawOfInventoriesHolds(_ form: InventoryForm, _ law: InventoryLaw) async throws {
        try await law.check { form.makeSite() }
    }

    @Test(arguments: [InventoryForm.onStore, .onFaultyStore], DurableInventoryLaws.all)
    func everyLawOfInventoriesThatOutliveTheirProcessHolds(_ form: InventoryForm, _ law: InventoryLaw) async throws {
        try await law.check { form.makeSite() }
    }
}
