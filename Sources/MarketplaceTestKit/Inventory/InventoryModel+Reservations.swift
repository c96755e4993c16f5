import MarketplaceCore
import MarketplaceInventory

extension InventoryModel {
    // MARK: Reserving

    mutating func accepts(_ answer: InventoryAnswer, to request: ReservationRequest) -> Bool {
        let demand = Self.demand(of: request.lines)
        if let entry = entries[request.id] {
            if let refusal = endRefusal(request.id) { return answer == .refused(refusal) }
            let isSame = entry.member == request.member && entry.units.mapValues(\.all) == demand
            guard isSame else { return answer == .refused(.reservationMismatch(request.id)) }
            return facts(request.id).map { answer == .reservation($0) } ?? false
        }
        let refusals = refusals(of: request, demand)
        if case .refused(let refusal) = answer { return refusals.contains(refusal) }
        guard refusals.isEmpty, case .reservation(let facts) = answer else { return false }
        var counted: [SKU: Int] = [:]
        for sku in Set(demand.keys.map(\.sku)) where terms[sku]?.perMemberLimit != nil { counted[sku] = limits[sku] }
        var units: [StockPoint: ModelUnits] = [:]
        for (point, wanted) in demand {
            let exact = min(wanted, available(point))
            var fromStock = exact
            if isConcurrent, terms[point.sku]?.backorders != nil, let said = facts.units[point] {
                fromStock = min(exact, said.held)
            }
            let room = (terms[point.sku]?.backorders).map { Int64($0.limit.value) } ?? 0
            guard wanted - fromStock <= max(0, room - (places[point]?.backordered ?? 0)) else { return false }
            units[point] = ModelUnits(held: fromStock, backordered: wanted - fromStock)
            places[point, default: Place()].held += fromStock
            places[point, default: Place()].backordered += wanted - fromStock
            if let limit = counted[point.sku] {
                taken[Count(sku: point.sku, limit: limit, member: request.member), default: 0] += wanted
            }
        }
        entries[request.id] = Entry(
            member: request.member,
            deadline: request.deadline,
            reservedAt: request.time,
            units: units,
            counted: counted
        )
        return self.facts(request.id) == facts
    }

    /// All refusals that the state justifies; none when the request must be granted.
    private func refusals(of request: ReservationRequest, _ demand: [StockPoint: Int64]) -> [InventoryRefusal] {
        var refusals: [InventoryRefusal] = []
        for sku in Set(demand.keys.map(\.sku)) {
            guard let terms = terms[sku] else {
                refusals.append(.unknownSKU(sku))
                continue
            }
            let wanted = demand.filter { $0.key.sku == sku }.values.reduce(0, +)
            refusals += self.refusals(of: wanted, sku, terms, request)
        }
        for (point, wanted) in demand {
            guard let terms = terms[point.sku], wanted > available(point) else { continue }
            let limit = request.allowsBackorder ? terms.backorders.map { Int64($0.limit.value) } : nil
            let room = max(0, (limit ?? 0) - (limit == nil ? 0 : places[point]?.backordered ?? 0))
            guard wanted > available(point) + room else { continue }
            refusals.append(.insufficientStock(point.sku, requested: wanted, available: available(point) + room))
        }
        return refusals
    }

    private func refusals(
        of wanted: Int64,
        _ sku: SKU,
        _ terms: SaleTerms,
        _ request: ReservationRequest
    ) -> [InventoryRefusal] {
        var refusals: [InventoryRefusal] = []
        if let opensAt = terms.opensAt, request.time < opensAt { refusals.append(.saleNotOpen(sku, opensAt: opensAt)) }
        if let closesAt = terms.closesAt, request.time >= closesAt {
            refusals.append(.saleClosed(sku, closedAt: closesAt))
        }
        if let least = terms.minimumPerPurchase.map({ Int64($0.value) }), wanted < least {
            refusals.append(.belowMinimum(sku, minimum: least, requested: wanted))
        }
        if let most = terms.maximumPerPurchase.map({ Int64($0.value) }), wanted > most {
            refusals.append(.aboveMaximum(sku, maximum: most, requested: wanted))
        }
        if let limit = terms.perMemberLimit.map({ Int64($0.value) }) {
            let count = Count(sku: sku, limit: limits[sku] ?? 0, member: request.member)
            let taken = taken[count] ?? 0
            if taken + wanted > limit {
                refusals.append(.memberLimit(sku, limit: limit, alreadyTaken: taken, requested: wanted))
            }
        }
        return refusals
    }

    private func available(_ point: StockPoint) -> Int64 {
        max(0, (places[point]?.unpromised ?? 0) - (terms[point.sku]?.safetyStock[point.location] ?? 0))
    }

    static func demand(of lines: ReservationLines) -> [StockPoint: Int64] {
        lines.reduce(into: [:]) { $0[$1.point, default: 0] += Int64($1.quantity.value) }
    }

    // MARK: Moving on

    mutating func accepts(
        _ answer: InventoryAnswer,
        toAllocating lines: ReservationLines?,
        of id: ReservationID
    ) -> Bool {
        guard let entry = entries[id] else { return answer == .refused(.unknownReservation(id)) }
        guard let lines else {
            let refusal = entry.units.values.contains { $0.expired > 0 } ? expiredRefusal(id) : endRefusal(id)
            if let refusal, entry.state != .shipped || refusal == expiredRefusal(id) {
                return answer == .refused(refusal)
            }
            change(id, endingAs: .released) { units in
                units.allocated += units.held
                units.held = 0
                units.owed += units.backordered
                units.backordered = 0
            }
            return answer == .state(entries[id]?.state ?? .allocated)
        }
        let targets = Self.demand(of: lines)
        let refusals = shortages(targets, id) { units, target in
            target - units.allocated - units.owed - units.shipped <= units.tentative
                ? nil : .portion(present: units.open + units.shipped)
        }
        if !refusals.isEmpty { return refusals.contains(answer) }
        changePortion(id, targets, endingAs: .released) { units, target in
            var rest = max(0, target - units.allocated - units.owed - units.shipped)
            let fromHeld = units.held.take(upTo: rest)
            units.allocated += fromHeld
            rest -= fromHeld
            units.owed += units.backordered.take(upTo: rest)
        }
        return answer == .state(entries[id]?.state ?? .allocated)
    }

    mutating func accepts(
        _ answer: InventoryAnswer,
        toReleasing lines: ReservationLines?,
        of id: ReservationID,
        at time: Timestamp
    ) -> Bool {
        guard entries[id] != nil else {
            guard lines == nil else { return answer == .refused(.unknownReservation(id)) }
            entries[id] = Entry(member: nil, deadline: time, reservedAt: time, units: [:], counted: [:])
            return answer == .released(.neverReserved)
        }
        if let lines {
            let targets = Self.demand(of: lines)
            let refusals = shortages(targets, id) { units, target in
                target - units.released <= units.open ? nil : .portion(present: units.released + units.open)
            }
            if !refusals.isEmpty { return refusals.contains(answer) }
            changePortion(id, targets, endingAs: .released) { units, target in
                var rest = max(0, target - units.released)
                units.released += rest
                rest -= units.backordered.take(upTo: rest)
                rest -= units.owed.take(upTo: rest)
                rest -= units.held.take(upTo: rest)
                rest -= units.allocated.take(upTo: rest)
            }
        } else {
            change(id, endingAs: .released) { units in
                units.released += units.open
                (units.held, units.allocated, units.backordered, units.owed) = (0, 0, 0, 0)
            }
        }
        guard let after = entries[id] else { return false }
        if after.member == nil { return answer == .released(.neverReserved) }
        if after.units.values.contains(where: { $0.released > 0 }) { return answer == .released(.released) }
        switch after.state {
        case .expired: return answer == .released(.expired)
        case .shipped: return answer == .refused(.alreadyShipped(id))
        case .held, .allocated, .released: return answer == .released(.released)
        }
    }

    mutating func accepts(
        _ answer: InventoryAnswer,
        toShipping lines: ReservationLines?,
        of id: ReservationID
    ) -> Bool {
        guard let entry = entries[id] else { return answer == .refused(.unknownReservation(id)) }
        guard let lines else {
            if entry.state == .held { return answer == .refused(.notAllocated(id)) }
            let waiting = entry.units.filter { $0.value.owed > 0 }
            if !waiting.isEmpty {
                return waiting.contains { answer == .refused(.awaitingStock(id, $0.key, units: $0.value.owed)) }
            }
            if let refusal = endRefusal(id), entry.state != .shipped { return answer == .refused(refusal) }
            change(id, endingAs: .shipped) { units in
                units.shipped += units.allocated
                units.allocated = 0
            }
            return answer == .done
        }
        let targets = Self.demand(of: lines)
        let refusals = shortages(targets, id) { units, target in
            let rest = target - units.shipped
            if rest <= units.allocated { return nil }
            if rest <= units.allocated + units.held { return .held }
            if rest <= units.open { return .awaiting(units.backordered + units.owed) }
            return .portion(present: units.open + units.shipped)
        }
        if !refusals.isEmpty { return refusals.contains(answer) }
        changePortion(id, targets, endingAs: .shipped) { units, target in
            let rest = max(0, target - units.shipped)
            units.shipped += units.allocated.take(upTo: rest)
        }
        return answer == .done
    }

    mutating func accepts(_ answer: InventoryAnswer, toExtending id: ReservationID, to deadline: Timestamp) -> Bool {
        guard let entry = entries[id] else { return answer == .refused(.unknownReservation(id)) }
        if let refusal = endRefusal(id) { return answer == .refused(refusal) }
        if entry.state == .held { entries[id]?.deadline = max(entry.deadline, deadline) }
        return facts(id).map { answer == .reservation($0) } ?? false
    }

    /// Gives what is there to those who wait, the earliest first, and returns who got something.
    mutating func fill(_ point: StockPoint, limit: Int) -> [ReservationID] {
        let waiting = entries.filter { ($0.value.units[point]).map { $0.backordered + $0.owed > 0 } ?? false }
            .sorted { ($0.value.reservedAt, $0.key) < ($1.value.reservedAt, $1.key) }
        var filled: [ReservationID] = []
        for (id, _) in waiting.prefix(limit) {
            var rest = available(point)
            guard rest > 0 else { break }
            changePortion(id, [point: 0], endingAs: .released) { units, _ in
                let firm = units.owed.take(upTo: rest)
                units.allocated += firm
                rest -= firm
                units.held += units.backordered.take(upTo: rest)
            }
            filled.append(id)
        }
        return filled
    }

    // MARK: Parts

    private enum Shortage {
        case portion(present: Int64)
        case held
        case awaiting(Int64)
    }

    /// The refusals that a portion justifies; none when it must be granted.
    private func shortages(
        _ targets: [StockPoint: Int64],
        _ id: ReservationID,
        _ rule: (ModelUnits, Int64) -> Shortage?
    ) -> [InventoryAnswer] {
        let units = entries[id]?.units ?? [:]
        let strange = targets.filter { units[$0.key] == nil }
        if !strange.isEmpty {
            return strange.map { point, target in
                .refused(endRefusal(id) ?? .portionTooLarge(id, point, requested: target, present: 0))
            }
        }
        return targets.compactMap { point, target in
            guard let units = units[point], let shortage = rule(units, target) else { return nil }
            switch shortage {
            case .held: return .refused(.notAllocated(id))
            case .awaiting(let awaited): return .refused(.awaitingStock(id, point, units: awaited))
            case .portion(let present):
                let tooLarge = InventoryRefusal.portionTooLarge(id, point, requested: target, present: present)
                return .refused(endRefusal(id) ?? tooLarge)
            }
        }
    }

    private mutating func changePortion(
        _ id: ReservationID,
        _ targets: [StockPoint: Int64],
        endingAs end: ReservationState,
        _ body: (inout ModelUnits, Int64) -> Void
    ) {
        var wanted = targets
        guard let points = entries[id]?.units.keys.sorted() else { return }
        for point in points {
            guard let target = wanted.removeValue(forKey: point) else { continue }
            change(id, at: point, endingAs: end) { body(&$0, target) }
        }
    }

    private func expiredRefusal(_ id: ReservationID) -> InventoryRefusal {
        .expired(id, deadline: entries[id]?.deadline ?? .distantPast)
    }

    /// The refusal of whoever still wants something of a reservation that ended; nil while it is open.
    private func endRefusal(_ id: ReservationID) -> InventoryRefusal? {
        switch entries[id]?.state {
        case .shipped: .alreadyShipped(id)
        case .released: .released(id)
        case .expired: expiredRefusal(id)
        case .held, .allocated, nil: nil
        }
    }
}
