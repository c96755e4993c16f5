import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory

/// What the orders of a purchase say of its stock, beside what its reservations say.
///
/// Of each reservation, and of each of its places, it tells totals that only grow from one state of the orders to the
/// next (``OrderAllotment``). So what somebody tells late who has read an older state was told before.
struct PurchaseBooks {
    /// How a reservation beside that of the purchase stands.
    struct Standing {
        let id: ReservationID
        let record: ReservationRecord
        /// Whether it was only held, and that has run out, whether or not anybody has come by since.
        let isGone: Bool

        init(id: ReservationID, record: ReservationRecord, at time: Timestamp) {
            self.id = id
            self.record = record
            switch record {
            case .ended(let ended): isGone = ended.state == .expired
            case .open(let open): isGone = open.state == .held && open.deadline <= time
            }
        }
    }

    private struct Place: Hashable {
        let order: OrderID
        let origin: OrderAllotment.Origin
    }

    private var standings: [Place: Standing] = [:]
    private var bookings: [ReservationBooking] = []

    /// Takes in the reservation that the orders of the purchase were placed with.
    mutating func add(_ id: ReservationID, _ record: ReservationRecord, of purchase: [Order]) {
        var totals = ReservationBooking.Totals()
        for order in purchase {
            for allotment in order.allotments where allotment.origin == .placement {
                totals.add(allotment) { order.lines[$0].sku }
            }
        }
        bookings.append(ReservationBooking(id, record, totals))
    }

    mutating func add(_ extra: ExtraStock, _ standing: Standing) {
        standings[Place(order: extra.order, origin: extra.origin)] = standing
        guard !standing.isGone else { return }
        var totals = ReservationBooking.Totals()
        totals.add(extra.allotment, extra.sku)
        bookings.append(ReservationBooking(standing.id, standing.record, totals))
    }

    func standing(of extra: ExtraStock) -> Standing? { standings[Place(order: extra.order, origin: extra.origin)] }

    /// What of an extra is not set aside although the order counts on it.
    func missing(of extra: ExtraStock) -> [OrderUnits] {
        var short: [SKU: Int64] = [:]
        for (index, line) in extra.allotment.lines {
            guard let sku = extra.sku(index) else { continue }
            short[sku, default: 0] += Int64(line.units - line.setFree)
        }
        if let standing = standing(of: extra), !standing.isGone {
            for position in standing.record.positions {
                short[position.point.sku, default: 0] -= position.open + position.shipped
            }
        }
        return extra.units.compactMap { part in
            guard let sku = extra.sku(part.lineIndex), let line = extra.allotment.lines[part.lineIndex],
                let left = short[sku]
            else { return nil }
            let units = min(left, Int64(line.setAside))
            guard units > 0 else { return nil }
            short[sku] = left - units
            return OrderUnits(lineIndex: part.lineIndex, units: Int(units))
        }
    }

    /// Ships and sets free what is still to be.
    func book(in inventory: any InventoryStore, at time: Timestamp) async throws(InventoryError) {
        for booking in bookings { try await booking.book(in: inventory, at: time) }
    }
}
