import MarketplaceCore
import MarketplaceStorage

/// The names under which an inventory on a store keeps its things.
///
/// A SKU and a member's key have at most 200 bytes each and a location 100, so that every name fits the 512 bytes of a
/// key.
enum StockKeySpace {
    static let items: DocumentCollection = "inventory-items"
    static let reservations: DocumentCollection = "inventory-reservations"
    static let changes: DocumentCollection = "inventory-changes"
    static let awaiting: DocumentCollection = "inventory-awaiting"
    static let movements: StreamCategory = "stock"

    static func item(_ sku: SKU) -> DocumentKey { DocumentKey(items, sku.retyped()) }

    static func reservation(_ id: ReservationID) -> DocumentKey { DocumentKey(reservations, id) }

    static func awaiting(_ id: ReservationID, at point: StockPoint) -> DocumentKey {
        DocumentKey(awaiting, TextKey(unchecked: "\(id)/\(path(point))"))
    }

    static func stream(_ sku: SKU) -> StreamID { StreamID(movements, sku.retyped()) }

    static func onHand(_ point: StockPoint) -> CounterKey { counter("on-hand", point) }
    static func held(_ point: StockPoint) -> CounterKey { counter("held", point) }
    static func allocated(_ point: StockPoint) -> CounterKey { counter("allocated", point) }
    static func backordered(_ point: StockPoint) -> CounterKey { counter("backordered", point) }
    static func incoming(_ point: StockPoint) -> CounterKey { counter("incoming", point) }
    static func damaged(_ point: StockPoint) -> CounterKey { counter("damaged", point) }

    /// The counters of all parts of a level.
    static func level(_ point: StockPoint) -> [CounterKey] {
        [onHand(point), held(point), allocated(point), backordered(point), incoming(point), damaged(point)]
    }

    /// `on hand − held − allocated`, kept as a counter of its own so that a floor can guard it.
    static func unpromised(_ point: StockPoint) -> CounterKey { counter("unpromised", point) }

    /// What a member has of a SKU, counted towards one limit.
    ///
    /// The length of the SKU keeps `a/b` of `c` apart from `a` of `b/c`.
    static func taken(_ sku: SKU, limitGeneration: Int64, member: MemberKey) -> CounterKey {
        CounterKey(unchecked: "stock/taken/\(limitGeneration)/\(sku.text.utf8.count)/\(sku)/\(member)")
    }

    private static func counter(_ part: String, _ point: StockPoint) -> CounterKey {
        CounterKey(unchecked: "stock/\(part)/\(path(point))")
    }

    /// The length of the location keeps `a/b` of `c` apart from `a` of `b/c`.
    private static func path(_ point: StockPoint) -> String {
        "\(point.location.text.utf8.count)/\(point.location)/\(point.sku)"
    }
}
