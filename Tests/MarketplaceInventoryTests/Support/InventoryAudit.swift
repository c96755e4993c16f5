import MarketplaceCore
import MarketplaceInventory

extension InventoryStore {
    /// What does not add up: levels against the sums of the movements and the open reservations, and reservations that
    /// ended other than once.
    ///
    /// To be called while nobody else does anything.
    func auditViolations() async throws -> [String] {
        let movements = try await allMovements()
        let open = try await allOpenReservations()
        var violations: [String] = []
        var sums: [SKU: [Int64]] = [:]
        var ends: [ReservationID: Set<StockMovementKind>] = [:]
        for movement in movements {
            var sum = sums[movement.sku] ?? [0, 0, 0]
            sum[0] += movement.deltas.onHand
            sum[1] += movement.deltas.held
            sum[2] += movement.deltas.allocated
            sums[movement.sku] = sum
            if sum.contains(where: { $0 < 0 }) || sum[0] < sum[1] + sum[2] {
                violations.append("\(movement.sku) was at \(sum) after \(movement.kind) \(movement.id)")
            }
            if let id = movement.reservation, [.sale, .cancellation, .expiry].contains(movement.kind) {
                ends[id, default: []].insert(movement.kind)
            }
        }
        if Set(movements.map(\.id)).count != movements.count { violations.append("a movement occurs twice") }
        for (sku, sum) in sums {
            if let figures = try await figures(sku), figures != sum {
                violations.append("\(sku) is at \(figures), its movements say \(sum)")
            }
            for (state, index) in [(ReservationState.held, 1), (.allocated, 2)] {
                let units = open.filter { $0.state == state }.flatMap(\.lines).filter { $0.sku == sku }
                    .reduce(0) { $0 + Int64($1.quantity.value) }
                if units != sum[index] { violations.append("\(units) of \(sku) are \(state), not \(sum[index])") }
            }
        }
        for (id, kinds) in ends where kinds.count > 1 { violations.append("\(id) ended by \(kinds)") }
        let made = Set(movements.filter { $0.kind == .reservation }.compactMap(\.reservation))
        let openIDs = Set(open.map(\.id))
        for id in made where openIDs.contains(id) == (ends[id] != nil) {
            violations.append("\(id) is \(ends[id] == nil ? "neither open nor ended" : "open and ended")")
        }
        return violations
    }
}
