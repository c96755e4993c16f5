import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

/// The great sale on every form: ten thousand buyers who all come at once for one SKU.
struct InventorySaleStormTests {
    @Test(arguments: InventoryForm.allCases)
    func exactlyAsManyAreGrantedAsThereAre(form: InventoryForm) async throws {
        let (units, buyers) = (1_000, 10_000)
        let inventory = form.make()
        try await inventory.stock("mug", .units(units))
        let answers = try await inventory.answers(to: buyers) { MemberKey(stringLiteral: "member-\($0)") }
        #expect(answers.count { $0 == nil } == units)
        let soldOut = InventoryRefusal.insufficientStock("mug", requested: 1, available: 0)
        #expect(answers.count { $0 == soldOut } == buyers - units)
        #expect(try await inventory.figures("mug") == [Int64(units), Int64(units), 0])
        #expect(try await inventory.auditViolations() == [])
    }
}
