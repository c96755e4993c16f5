import MarketplaceCore
import MarketplaceStorage

/// The names under which an inventory on a store keeps its things.
///
/// A SKU and a member's key have at most 200 bytes each, so that every name fits the 512 bytes of a key.
enum StockKeySpace {
    static let items: DocumentCollection = "inventory-items"
    static let reservations: DocumentCollection = "inventory-reservations"
    static let receipts: DocumentCollection = "inventory-receipts"
    static let movements: StreamCategory = "stock"

    static func item(_ sku: SKU) -> DocumentKey { DocumentKey(items, sku.retyped()) }

    static func stream(_ sku: SKU) -> StreamID { StreamID(movements, sku.retyped()) }

    static func onHand(_ sku: SKU) -> CounterKey { CounterKey(unchecked: "stock/on-hand/\(sku)") }
    static func held(_ sku: SKU) -> CounterKey { CounterKey(unchecked: "stock/held/\(sku)") }
    static func allocated(_ sku: SKU) -> CounterKey { CounterKey(unchecked: "stock/allocated/\(sku)") }

    /// What can be reserved: `on hand − held − allocated`, kept as a counter of its own so that a floor can guard it.
    static func available(_ sku: SKU) -> CounterKey { CounterKey(unchecked: "stock/available/\(sku)") }

    /// What a member has of a SKU, counted towards one limit.
    ///
    /// The length of the SKU keeps `a/b` of `c` apart from `a` of `b/c`.
    static func taken(_ sku: SKU, limitGeneration: Int64, member: MemberKey) -> CounterKey {
        CounterKey(unchecked: "stock/taken/\(limitGeneration)/\(sku.text.utf8.count)/\(sku)/\(member)")
    }
}
