import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory

/// What the orders of a purchase say of its stock, beside what its reservations say.
struct PurchaseBooks {
    /// How a reservation stands.
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

    /// What the orders say of one SKU.
    private struct Wish {
        var setFree: Int64 = 0
        var handedOver: Int64 = 0
        var bookedSetFree: Int64 = 0
        var bookedHandedOver: Int64 = 0
        var setAside: Int64 = 0
    }

    private(set) var standings: [ExtraStock.Origin: Standing] = [:]
    private var reservations: [Planned] = []
    private var wishes: [SKU: Wish] = [:]
    /// The units whose hold has run out: nobody has to set them free.
    private var gone: [SKU: Int64] = [:]

    init(_ purchase: [Order]) {
        for order in purchase {
            for (line, units) in zip(order.lines, order.units) {
                var wish = wishes[line.sku] ?? Wish()
                wish.setFree += Int64(units.setFree)
                wish.handedOver += Int64(units.handedOver)
                wish.bookedSetFree += Int64(units.bookedSetFree)
                wish.bookedHandedOver += Int64(units.bookedHandedOver)
                wish.setAside += Int64(units.setAside)
                wishes[line.sku] = wish
            }
        }
    }

    mutating func add(_ id: ReservationID, _ record: ReservationRecord) {
        reservations.append(Planned(id: id, record: record))
    }

    mutating func add(_ extra: ExtraStock, _ standing: Standing) {
        standings[extra.origin] = standing
        guard standing.isGone else { return add(standing.id, standing.record) }
        for position in standing.record.positions { gone[position.point.sku, default: 0] += position.reserved }
    }

    /// What of an extra is not set aside by any reservation although the orders count on it.
    func missing(of extra: ExtraStock) -> [OrderUnits] {
        var left: [SKU: Int64] = [:]
        return extra.units.compactMap { part in
            guard let sku = extra.sku(of: part), let wish = wishes[sku] else { return nil }
            let known = reservations.flatMap(\.positions).filter { $0.point.sku == sku }
            let kept = known.reduce(0) { $0 + $1.open } - toRelease(sku, wish) - toShip(sku, wish)
            let missing = left[sku] ?? max(0, wish.setAside - max(0, kept))
            let units = min(missing, Int64(part.units))
            left[sku] = missing - units
            return units > 0 ? OrderUnits(lineIndex: part.lineIndex, units: Int(units)) : nil
        }
    }

    /// Ships and sets free what is still to be.
    func book(in inventory: any InventoryStore, at time: Timestamp) async throws(InventoryError) {
        var planned = reservations
        for (sku, wish) in wishes {
            var toRelease = toRelease(sku, wish)
            var toShip = toShip(sku, wish)
            // What was reserved last is called off first, what was reserved first leaves first.
            for index in planned.indices.reversed() { planned[index].plan(\.released, of: sku, &toRelease) }
            for index in planned.indices { planned[index].plan(\.shipped, of: sku, &toShip) }
        }
        for reservation in planned {
            let released = reservation.lines(\.released)
            if !released.isEmpty { try await inventory.release(released, of: reservation.id, at: time) }
            let shipped = reservation.lines(\.shipped)
            if !shipped.isEmpty { try await inventory.ship(shipped, of: reservation.id, at: time) }
        }
    }

    /// Reservations that ended long ago are forgotten: of those the orders' own notes tell.
    private func toRelease(_ sku: SKU, _ wish: Wish) -> Int64 {
        let known = sum(\.released, of: sku) + (gone[sku] ?? 0)
        return max(0, wish.setFree - max(known, wish.bookedSetFree))
    }

    private func toShip(_ sku: SKU, _ wish: Wish) -> Int64 {
        max(0, wish.handedOver - max(sum(\.shipped, of: sku), wish.bookedHandedOver))
    }

    private func sum(_ part: KeyPath<ReservationPosition, Int64>, of sku: SKU) -> Int64 {
        reservations.flatMap(\.positions).reduce(0) { $1.point.sku == sku ? $0 + $1[keyPath: part] : $0 }
    }

    /// A reservation, with what is to be released and shipped of each of its points in all.
    private struct Planned {
        let id: ReservationID
        let positions: [ReservationPosition]
        private var open: [Int64]
        private var planned: [KeyPath<ReservationPosition, Int64>: [StockPoint: Int64]] = [:]

        init(id: ReservationID, record: ReservationRecord) {
            self.id = id
            positions = record.positions
            open = record.positions.map(\.open)
        }

        mutating func plan(_ part: KeyPath<ReservationPosition, Int64>, of sku: SKU, _ left: inout Int64) {
            for index in positions.indices where positions[index].point.sku == sku && left > 0 {
                let units = min(left, open[index])
                guard units > 0 else { continue }
                open[index] -= units
                left -= units
                planned[part, default: [:]][positions[index].point] = positions[index][keyPath: part] + units
            }
        }

        func lines(_ part: KeyPath<ReservationPosition, Int64>) -> ReservationLines {
            let units = (planned[part] ?? [:]).sorted { $0.key < $1.key }
            return ReservationLines(
                units.compactMap { point, count in
                    (try? Quantity(count)).map { ReservationLine(point.sku, $0, at: point.location) }
                }
            )
        }
    }
}
