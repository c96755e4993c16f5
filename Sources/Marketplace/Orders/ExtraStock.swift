import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory
import MarketplaceStorage

/// Units that are set aside for an order beside what its purchase was placed with.
struct ExtraStock: Sendable {
    let order: OrderID
    let buyer: MemberID
    /// What they are for: a change or a parcel.
    let origin: OrderAllotment.Origin
    let units: [OrderUnits]
    /// How many of each SKU, by ascending SKU.
    let demand: [(sku: SKU, quantity: Quantity)]
    /// What became of them, as far as the order says.
    let allotment: OrderAllotment
    /// Whether nobody has noted that they were promised for good.
    let isDue: Bool
    /// Whether any of them are wanted for good; those that have left were.
    let isWanted: Bool
    /// The SKUs of the units, by the line.
    private let skus: [Int: SKU]

    /// Units that are to be set aside.
    init?(_ units: [OrderUnits], of order: Order, _ origin: OrderAllotment.Origin) {
        self.init(OrderAllotment(units, for: origin), of: order)
    }

    private init?(_ allotment: OrderAllotment, of order: Order) {
        guard let placed = order.placed, !allotment.lines.isEmpty, allotment.origin != .placement else { return nil }
        self.order = placed.orderID
        buyer = placed.buyerID
        origin = allotment.origin
        self.allotment = allotment
        isDue = allotment.stockRevision > order.bookedStockRevision
        isWanted = allotment.lines.values.contains { $0.units > $0.setFree }
        units = allotment.lines.sorted { $0.key < $1.key }.map { OrderUnits(lineIndex: $0, units: $1.units) }
        demand = units.demand(of: placed.lines)
        skus = Dictionary(units.map { ($0.lineIndex, placed.lines[$0.lineIndex].sku) }) { first, _ in first }
    }

    /// All that an order has recorded, in the order in which it was.
    static func all(of order: Order) -> [ExtraStock] {
        order.allotments.compactMap { ExtraStock($0, of: order) }
    }

    func sku(_ lineIndex: Int) -> SKU? { skus[lineIndex] }

    /// The name of what is held: of that change or parcel and no other that was tried in its place.
    func reservation(attempt: Int) -> ReservationID {
        let content = demand.map { "\($0.quantity.value) \($0.sku)" }.joined(separator: "\n")
        let id =
            switch origin {
            case .placement: TransactionID(derivedFrom: "placed in an order", "\(order)", content, "\(attempt)")
            case .change(let number):
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
