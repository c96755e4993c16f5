import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory
import MarketplaceStorage

/// Units that are set aside for an order beside what its purchase was placed with.
struct ExtraStock: Sendable {
    /// What they are for.
    enum Origin: Sendable, Hashable {
        /// A change that has added them, from 1.
        case change(OrderID, Int)
        /// A parcel that they are in, in place of units that did not arrive.
        case parcel(ShipmentID)
    }

    let order: OrderID
    let buyer: MemberID
    let origin: Origin
    let units: [OrderUnits]
    /// How many of each SKU, by ascending SKU.
    let demand: [(sku: SKU, quantity: Quantity)]
    /// Whether they have to be promised for good: they are wanted, and nobody has noted that it was done.
    let isDue: Bool
    /// The SKUs of the units, by the line.
    private let skus: [Int: SKU]

    init?(_ units: [OrderUnits], of order: Order, _ origin: Origin, isDue: Bool = true) {
        guard let placed = order.placed, !units.isEmpty else { return nil }
        self.order = placed.orderID
        buyer = placed.buyerID
        self.origin = origin
        self.units = units
        self.isDue = isDue
        demand = units.demand(of: placed.lines)
        skus = Dictionary(units.map { ($0.lineIndex, placed.lines[$0.lineIndex].sku) }) { first, _ in first }
    }

    /// All that an order has recorded, in the order in which it was.
    static func all(of order: Order) -> [ExtraStock] {
        guard let id = order.id else { return [] }
        let changes = order.additions.enumerated().compactMap { index, addition in
            let isDue = !addition.isUndone && addition.stockRevision > order.bookedStockRevision
            return ExtraStock(addition.units, of: order, .change(id, index + 1), isDue: isDue && !order.isEnded)
        }
        let parcels = order.parcels.sorted { $0.value.stockRevision < $1.value.stockRevision }.compactMap {
            shipment,
            parcel in
            let isDue = parcel.stage == .packed && parcel.stockRevision > order.bookedStockRevision
            return ExtraStock(parcel.replacements, of: order, .parcel(shipment), isDue: isDue)
        }
        return changes + parcels
    }

    func sku(of part: OrderUnits) -> SKU? { skus[part.lineIndex] }

    /// The name of what is held: of that change or parcel and no other that was tried in its place.
    func reservation(attempt: Int) -> ReservationID {
        let content = demand.map { "\($0.quantity.value) \($0.sku)" }.joined(separator: "\n")
        let id =
            switch origin {
            case .change(_, let number):
                TransactionID(derivedFrom: "change of an order", "\(order)", "\(number)", content, "\(attempt)")
            case .parcel(let shipment):
                TransactionID(derivedFrom: "replaced in a parcel", "\(order)", "\(shipment)", content, "\(attempt)")
            }
        return ReservationID(bits: id.bits)
    }
}

extension [OrderUnits] {
    /// How many units of each SKU, by ascending SKU.
    func demand(of lines: [OrderLine]) -> [(sku: SKU, quantity: Quantity)] {
        var demand: [SKU: Int] = [:]
        for part in self { demand[lines[part.lineIndex].sku, default: 0] += part.units }
        return demand.sorted { $0.key < $1.key }.compactMap { sku, count in
            (try? Quantity(count)).map { (sku, $0) }
        }
    }
}

extension Order {
    /// Whether nothing of it is to be shipped any more.
    fileprivate var isEnded: Bool { status == .canceled }
}
