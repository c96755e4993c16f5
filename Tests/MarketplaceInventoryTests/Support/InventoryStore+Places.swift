import MarketplaceCore
import MarketplaceInventory
import TestSupport

extension InventoryStore {
    /// Takes in units at places, under ids that follow from `seed`.
    func stock(_ sku: SKU, _ places: KeyValuePairs<LocationKey, Int>, seed: Int = 1) async throws {
        for (index, (location, units)) in places.enumerated() {
            let bits = sku.text.utf8.reduce(UInt128(seed)) { $0 << 8 | UInt128($1) } << 8 | UInt128(index)
            try await record(
                .restock(
                    id: MovementID(bits: bits),
                    sku: sku,
                    quantity: .units(units),
                    location: location,
                    at: .second(0)
                )
            )
        }
    }
}

extension PlacementRequest {
    /// A request at a second, for a minute.
    static func number(
        _ number: Int,
        _ lines: [DemandLine],
        member: MemberKey = "ann",
        allowsBackorder: Bool = true,
        at second: Int64 = 1
    ) -> PlacementRequest {
        PlacementRequest(
            id: .number(number),
            lines: lines,
            member: member,
            allowsBackorder: allowsBackorder,
            deadline: .second(second + 60),
            at: .second(second)
        )
    }
}

extension SKUStock {
    /// So many units on hand at places.
    init(_ sku: SKU, _ places: KeyValuePairs<LocationKey, Int64>) {
        self.init(sku: sku, levels: places.map { StockLevel(sku: sku, location: $0, onHand: $1) })
    }
}
