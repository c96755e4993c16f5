import MarketplaceInventory
import MarketplaceTestKit
import TestSupport
import Testing

/// The great sale on every form: up to ten thousand buyers who all come at once for one SKU.
struct InventorySaleStormTests {
    @Test(arguments: InventoryForm.allCases)
    func exactlyAsManyAreGrantedAsThereAre(form: InventoryForm) async throws {
        let inventory = form.make()
        try await InventoryTrials.sell(1_000, to: PropertyRun.whole(10_000, reducedTo: 2_500)) { inventory }
        #expect(try await inventory.auditViolations() == [])
    }
}
