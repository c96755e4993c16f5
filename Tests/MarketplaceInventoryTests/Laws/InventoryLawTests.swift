import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Testing

extension InventoryForm {
    /// The forms whose stock is in a store.
    static let onStores: [InventoryForm] = [.onStore, .onFaultyStore]

    /// A place where this form keeps its stock; each connection to a store has a cache of its own.
    func makeSite(seed: UInt64 = 1) -> InventorySite {
        switch self {
        case .onStore:
            return Self.site(on: InMemoryStore())
        case .onFaultyStore:
            return Self.site(on: FaultInjectingStore.uncertain(oneIn: 3, seed: seed))
        case .inMemory, .locked, .lockedLosing, .lockedUncertain:
            let inventory = make(seed: seed)
            return InventorySite { inventory }
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

    @Test(arguments: InventoryForm.onStores, DurableInventoryLaws.all)
    func everyLawOfInventoriesThatOutliveTheirProcessHolds(_ form: InventoryForm, _ law: InventoryLaw) async throws {
        try await law.check { form.makeSite() }
    }
}
