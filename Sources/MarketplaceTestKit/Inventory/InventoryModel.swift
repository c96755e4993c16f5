import MarketplaceCore
import MarketplaceInventory

/// What an inventory ought to do, in the plainest terms: one call after the other, and time never goes back.
///
/// It is written from the promises of ``InventoryStore`` alone and shares nothing with the library's own rules, so that
/// a mistake there is not made here as well.
struct InventoryModel: Hashable, Sendable {
    struct Place: Hashable, Sendable {
        var onHand: Int64 = 0
        var held: Int64 = 0
        var allocated: Int64 = 0
        var backordered: Int64 = 0
        var incoming: Int64 = 0
        var damaged: Int64 = 0

        var unpromised: Int64 { onHand - held - allocated }
    }

    struct Entry: Hashable, Sendable {
        let member: MemberKey?
        var deadline: Timestamp
        let reservedAt: Timestamp
        var units: [StockPoint: ModelUnits]
        /// Which limit the units of a SKU were counted towards.
        let counted: [SKU: Int]
        /// How it ended when nothing of it was shipped.
        var end = ReservationState.released

        var state: ReservationState {
            if units.values.contains(where: { $0.tentative > 0 }) { return .held }
            if units.values.contains(where: { $0.open > 0 }) { return .allocated }
            return units.values.contains { $0.shipped > 0 } ? .shipped : end
        }
    }

    struct Count: Hashable, Sendable {
        let sku: SKU
        let limit: Int
        let member: MemberKey
    }

    /// Whether calls run at once, when less is promised: a level that is returned may be that of a moment later, and a
    /// reservation may be promised units that are not there while others give some back.
    var isConcurrent = false
    var places: [StockPoint: Place] = [:]
    var terms: [SKU: SaleTerms] = [:]
    var limits: [SKU: Int] = [:]
    var taken: [Count: Int64] = [:]
    var entries: [ReservationID: Entry] = [:]
    var changes: [MovementID: StockChange] = [:]

    /// Whether `answer` is right for `call`; if so, the model has made the call too.
    mutating func accepts(_ answer: InventoryAnswer, to call: InventoryCall) -> Bool {
        expireHolds(at: call.time)
        switch call.verb {
        case .record(let change): return accepts(answer, to: change)
        case .setTerms(let terms, let sku):
            if terms.perMemberLimit != nil, self.terms[sku]?.perMemberLimit == nil { limits[sku, default: 0] += 1 }
            self.terms[sku] = terms
            return answer == .done
        case .reserve(let request): return accepts(answer, to: request)
        case .allocate(let id, let units): return accepts(answer, toAllocating: units, of: id)
        case .release(let id, let units): return accepts(answer, toReleasing: units, of: id, at: call.time)
        case .ship(let id, let units): return accepts(answer, toShipping: units, of: id)
        case .extend(let id, let deadline): return accepts(answer, toExtending: id, to: deadline)
        case .fillBackorders(let point, let limit): return answer == .filled(fill(point, limit: limit))
        case .expire(let limit):
            // Which of the overdue holds it ended, and which ended before by the way, is the inventory's own affair;
            // those that a walk has forgotten here may still be overdue there.
            guard case .expired(let ids) = answer else { return false }
            return ids.count <= limit && ids.allSatisfy { entries[$0].map { $0.deadline <= call.time } ?? true }
        }
    }

    /// Ends what is overdue.
    mutating func expireHolds(at time: Timestamp) {
        for (id, entry) in entries where entry.state == .held && entry.deadline <= time {
            change(id, endingAs: .expired) { units in
                units.expired += units.tentative
                units.held = 0
                units.backordered = 0
            }
        }
    }

    // MARK: Recorded changes

    private mutating func accepts(_ answer: InventoryAnswer, to change: StockChange) -> Bool {
        if let known = changes[change.id] {
            guard known.point == change.point, known.action == change.action else {
                return answer == .refused(.changeMismatch(change.id))
            }
            return accepts(answer, asLevelAt: change.point)
        }
        let known = terms[change.point.sku] != nil
        switch change.action {
        case .arrival, .damage, .disposal, .transfer:
            guard known else { return answer == .refused(.unknownSKU(change.point.sku)) }
        case .announcement(let units), .adjustment(let units):
            guard known || units >= 0 else { return answer == .refused(.unknownSKU(change.point.sku)) }
        case .restock, .customerReturn, .damagedReturn: break
        }
        var next = self
        var lacking: InventoryRefusal?
        for (point, part, units) in effects(of: change) {
            let before = next.places[point, default: Place()]
            switch part {
            case .unpromised: next.places[point, default: Place()].onHand += units
            case .incoming: next.places[point, default: Place()].incoming += units
            case .damaged: next.places[point, default: Place()].damaged += units
            }
            let present = [.unpromised: before.unpromised, .incoming: before.incoming, .damaged: before.damaged][part]
            if let present, present + units < 0 {
                lacking = .insufficientUnits(point, part, requested: -units, present: present)
            }
        }
        if let lacking { return answer == .refused(lacking) }
        self = next
        changes[change.id] = change
        terms[change.point.sku, default: .unrestricted] = terms[change.point.sku] ?? .unrestricted
        return accepts(answer, asLevelAt: change.point)
    }

    private func accepts(_ answer: InventoryAnswer, asLevelAt point: StockPoint) -> Bool {
        guard case .level(let level) = answer, level.sku == point.sku, level.location == point.location else {
            return false
        }
        if isConcurrent { return true }
        let expected = self.level(at: point)
        // What is overdue may still be among the units that are held and backordered.
        return (level.onHand, level.allocated, level.incoming) == (
            expected.onHand, expected.allocated, expected.incoming
        )
            && (level.damaged, level.safetyStock) == (expected.damaged, expected.safetyStock)
            && level.held >= expected.held && level.backordered >= expected.backordered
    }

    /// What a change does: at most one of its effects can be more than there is.
    private func effects(of change: StockChange) -> [(StockPoint, StockPart, Int64)] {
        let point = change.point
        func units(_ quantity: Quantity) -> Int64 { Int64(quantity.value) }
        switch change.action {
        case .restock(let quantity), .customerReturn(let quantity): return [(point, .unpromised, units(quantity))]
        case .arrival(let quantity):
            return [(point, .incoming, -units(quantity)), (point, .unpromised, units(quantity))]
        case .announcement(let count): return [(point, .incoming, count)]
        case .adjustment(let count): return [(point, .unpromised, count)]
        case .damagedReturn(let quantity): return [(point, .damaged, units(quantity))]
        case .damage(let quantity):
            return [(point, .unpromised, -units(quantity)), (point, .damaged, units(quantity))]
        case .disposal(let quantity): return [(point, .damaged, -units(quantity))]
        case .transfer(let quantity, let destination):
            let other = StockPoint(point.sku, at: destination)
            return [(point, .unpromised, -units(quantity)), (other, .unpromised, units(quantity))]
        }
    }

    // MARK: Reading

    func level(at point: StockPoint) -> StockLevel {
        let place = places[point] ?? Place()
        return StockLevel(
            sku: point.sku,
            location: point.location,
            onHand: place.onHand,
            held: place.held,
            allocated: place.allocated,
            backordered: place.backordered,
            incoming: place.incoming,
            damaged: place.damaged,
            safetyStock: terms[point.sku]?.safetyStock[point.location] ?? 0
        )
    }

    func facts(_ id: ReservationID) -> ReservationFacts? {
        guard let entry = entries[id], let member = entry.member else { return nil }
        return ReservationFacts(
            id: id,
            member: member,
            state: entry.state,
            deadline: entry.deadline,
            reservedAt: entry.reservedAt,
            units: entry.units
        )
    }

    /// Changes the units of a reservation, and levels and counts with them.
    ///
    /// At the one point that is named, or at all.
    mutating func change(
        _ id: ReservationID,
        at only: StockPoint? = nil,
        endingAs end: ReservationState,
        _ body: (inout ModelUnits) -> Void
    ) {
        guard var entry = entries[id] else { return }
        let wasOpen = entry.units.values.contains { $0.open > 0 }
        for point in only.map({ [$0] }) ?? Array(entry.units.keys) {
            guard var units = entry.units[point] else { continue }
            let before = units
            body(&units)
            entry.units[point] = units
            places[point, default: Place()].held += units.held - before.held
            places[point, default: Place()].allocated += units.allocated - before.allocated
            places[point, default: Place()].backordered +=
                units.backordered + units.owed - before.backordered - before.owed
            places[point, default: Place()].onHand -= units.shipped - before.shipped
            let returned = units.released + units.expired - before.released - before.expired
            if let member = entry.member, let limit = entry.counted[point.sku] {
                taken[Count(sku: point.sku, limit: limit, member: member), default: 0] -= returned
            }
        }
        if wasOpen, entry.units.values.allSatisfy({ $0.open == 0 }) { entry.end = end }
        entries[id] = entry
    }
}
