import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory
import MarketplaceStorage

/// What the stock of a purchase becomes when units of its orders are called off, added or shipped.
struct OrderStock: Sendable {
    /// How long units that a change adds are held until the change is recorded.
    static let holdDuration = Duration.minutes(10)
    /// How often a change is tried anew after what it held has run out; who pays so late as often gives up before.
    static let holdAttempts = 8

    let inventory: any InventoryStore

    /// Brings the reservations of a purchase in line with what its orders say, from wherever they stand.
    ///
    /// It tells the inventory totals, not differences, so it can be repeated and met by others doing the same. What an
    /// inventory does not know, because the goods are kept elsewhere, is left alone.
    func settle(_ purchase: [Order], at time: Timestamp) async throws(InventoryError) {
        var reservations: [Known] = []
        for (id, record) in try await records(of: purchase) {
            if record.state == .held { try await inventory.allocate(id, at: time) }
            reservations.append(Known(id: id, record: record))
        }
        guard !reservations.isEmpty else { return }
        for (sku, wanted) in Self.wanted(of: purchase) {
            let known = reservations.flatMap(\.positions).filter { $0.point.sku == sku }
            var toRelease = wanted.canceled - known.reduce(0) { $0 + $1.released }
            var toShip = wanted.shipped - known.reduce(0) { $0 + $1.shipped }
            // What was reserved last is called off first, what was reserved first leaves first.
            for index in reservations.indices.reversed() { reservations[index].plan(\.released, of: sku, &toRelease) }
            for index in reservations.indices { reservations[index].plan(\.shipped, of: sku, &toShip) }
        }
        for reservation in reservations {
            let released = reservation.lines(\.released)
            if !released.isEmpty { try await inventory.release(released, of: reservation.id, at: time) }
            let shipped = reservation.lines(\.shipped)
            if !shipped.isEmpty { try await inventory.ship(shipped, of: reservation.id, at: time) }
        }
    }

    /// Holds the units that a change adds, under an id that follows from the order, the change and what it adds.
    func hold(
        _ units: [OrderUnits],
        of lines: [OrderLine],
        for order: OrderID,
        change number: Int,
        buyer: MemberID,
        at time: Timestamp
    ) async throws(InventoryError) {
        let added = Self.demand(of: units, lines)
        guard !added.isEmpty else { return }
        for attempt in 1...Self.holdAttempts {
            let request = ReservationRequest(
                id: Self.reservation(of: order, change: number, added, attempt: attempt),
                lines: ReservationLines(added.map { ReservationLine($0.sku, $0.quantity) }),
                member: MemberKey(buyer),
                reference: StockReference(order),
                deadline: time.advanced(by: Self.holdDuration),
                at: time
            )
            do throws(InventoryError) {
                try await inventory.reserve(request)
                return
            } catch {
                // What an earlier attempt has held has run out before the change was recorded.
                guard case .refused(.expired) = error, attempt < Self.holdAttempts else { throw error }
            }
        }
    }

    private static func demand(of units: [OrderUnits], _ lines: [OrderLine]) -> [(sku: SKU, quantity: Quantity)] {
        var demand: [SKU: Int] = [:]
        for part in units { demand[lines[part.lineIndex].sku, default: 0] += part.units }
        return demand.sorted { $0.key < $1.key }.compactMap { sku, count in
            (try? Quantity(count)).map { (sku, $0) }
        }
    }

    /// The name of what a change holds: of that change and no other that was tried in its place.
    private static func reservation(
        of order: OrderID,
        change number: Int,
        _ added: [(sku: SKU, quantity: Quantity)],
        attempt: Int
    ) -> ReservationID {
        let content = added.map { "\($0.quantity.value) \($0.sku)" }.joined(separator: "\n")
        let id = TransactionID(derivedFrom: "change of an order", "\(order)", "\(number)", content, "\(attempt)")
        return ReservationID(bits: id.bits)
    }

    /// The reservation of the purchase, and that of every change that has added units.
    private func records(
        of purchase: [Order]
    ) async throws(InventoryError) -> [(id: ReservationID, record: ReservationRecord)] {
        var records: [(id: ReservationID, record: ReservationRecord)] = []
        if let payment = purchase.first?.paymentID,
            let record = try await inventory.reservation(ReservationID(bits: payment.bits))
        {
            records.append((ReservationID(bits: payment.bits), record))
        }
        for order in purchase {
            guard let id = order.id else { continue }
            for (index, units) in order.additions.enumerated() where !units.isEmpty {
                let added = Self.demand(of: units, order.lines)
                for attempt in 1...Self.holdAttempts {
                    let reservation = Self.reservation(of: id, change: index + 1, added, attempt: attempt)
                    guard let record = try await inventory.reservation(reservation) else { break }
                    if record.state != .expired { records.append((reservation, record)) }
                }
            }
        }
        return records
    }

    private static func wanted(of purchase: [Order]) -> [SKU: (canceled: Int64, shipped: Int64)] {
        var wanted: [SKU: (canceled: Int64, shipped: Int64)] = [:]
        for order in purchase {
            for (line, units) in zip(order.lines, order.units) {
                wanted[line.sku, default: (0, 0)].canceled += Int64(units.canceled)
                wanted[line.sku, default: (0, 0)].shipped += Int64(units.shipped)
            }
        }
        return wanted
    }

    /// A reservation, with what is to be released and shipped of each of its points in all.
    private struct Known {
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
