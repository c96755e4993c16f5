import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory

/// What of one reservation is still to be set free and shipped, by the place where it is.
struct ReservationBooking {
    /// How many units of each SKU are to be set free and shipped in all.
    struct Totals {
        fileprivate private(set) var setFree: [SKU: Int64] = [:]
        fileprivate private(set) var handedOver: [SKU: Int64] = [:]

        /// Counts what became of units that were set aside, given the SKU of each line.
        mutating func add(_ allotment: OrderAllotment, _ sku: (Int) -> SKU?) {
            for (index, line) in allotment.lines {
                guard let sku = sku(index) else { continue }
                setFree[sku, default: 0] += Int64(line.setFree)
                handedOver[sku, default: 0] += Int64(line.handedOver)
            }
        }
    }

    private let id: ReservationID
    private let released: ReservationLines
    private let shipped: ReservationLines

    init(_ id: ReservationID, _ record: ReservationRecord, _ totals: Totals) {
        self.id = id
        var positions = Positions(record.positions)
        // From both ends, so that a larger total of either only adds to what a smaller one has told of each place.
        released = positions.plan(\.released, totals.setFree, record.positions.indices.reversed())
        shipped = positions.plan(\.shipped, totals.handedOver, Array(record.positions.indices))
    }

    func book(in inventory: any InventoryStore, at time: Timestamp) async throws(InventoryError) {
        if !released.isEmpty { try await inventory.release(released, of: id, at: time) }
        if !shipped.isEmpty { try await inventory.ship(shipped, of: id, at: time) }
    }

    /// The places of a reservation, with what of each nobody has planned for yet.
    private struct Positions {
        private let positions: [ReservationPosition]
        private var open: [Int64]

        init(_ positions: [ReservationPosition]) {
            self.positions = positions
            open = positions.map(\.open)
        }

        mutating func plan(
            _ part: KeyPath<ReservationPosition, Int64>,
            _ totals: [SKU: Int64],
            _ indices: [Int]
        ) -> ReservationLines {
            var left = totals
            var lines: [ReservationLine] = []
            for index in indices {
                let position = positions[index]
                let target = min(left[position.point.sku] ?? 0, position.reserved)
                left[position.point.sku, default: 0] -= target
                let units = min(target - position[keyPath: part], open[index])
                guard units > 0, let count = try? Quantity(position[keyPath: part] + units) else { continue }
                open[index] -= units
                lines.append(ReservationLine(position.point.sku, count, at: position.point.location))
            }
            return ReservationLines(lines)
        }
    }
}
