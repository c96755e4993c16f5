import Foundation
import MarketplaceInventory
import Testing

/// What other engines' own tests assert of reservations holds here too, in every form.
struct PublishedInventoryTests {
    @Test(arguments: try PublishedInventoryCase.all(), InventoryForm.allCases)
    func thePublishedNumbersComeOut(published: PublishedInventoryCase, form: InventoryForm) async throws {
        try await PublishedInventoryRun(published, form.make()).check()
    }

    @Test func everyCaseIsThere() throws {
        #expect(try PublishedInventoryCase.all().count == 18)
    }

    @Test func aCaseThatSaysSomethingUnknownIsNotPassedOver() throws {
        let written = #"{"id": "a", "levels": [], "op": {"steal": 2}, "expected": {"ok": true}}"#
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(PublishedInventoryCase.self, from: Data(written.utf8))
        }
    }
}
