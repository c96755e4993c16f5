import MarketplaceCore

/// The stock of the SKUs of one shard, as a state machine without locks or time of its own.
struct StockShard: Sendable {
    private var slots = TextTable()
    var items: [StockItem] = []
    var log: MovementLog

    init(movementCapacity: Int) {
        log = MovementLog(capacity: movementCapacity)
    }

    @inline(__always)
    func slot(of demand: borrowing StockDemand) -> Int? {
        slots.value(of: demand.sku.text, hash: demand.hash).map { Int($0) }
    }

    private mutating func makeSlot(of demand: StockDemand) -> Int {
        if let slot = slot(of: demand) { return slot }
        slots.insert(Int64(items.count), for: demand.sku.text, hash: demand.hash)
        items.append(StockItem(demand.sku))
        return items.count - 1
    }

    // MARK: Setting up

    /// Records a change of stock, unless it is refused.
    mutating func record(_ change: StockChange, _ demand: StockDemand) throws(InventoryRefusal) -> StockLevel {
        guard change.introducesSKU || slot(of: demand) != nil else { throw .unknownSKU(demand.sku) }
        // On copies, so that nothing has changed when a part of it is refused.
        var item = slot(of: demand).map { items[$0] } ?? StockItem(demand.sku)
        let own = try item.makePlace(of: change.point.location)
        item[own].isKnown = true
        var parts: [(place: Int, kind: CompactMovementKind)] = []
        let (kind, quantity) = change.action.compact
        for movement in change.movements {
            let place = try item.makePlace(of: movement.location)
            item[place].isKnown = true
            let level = try item.level(of: place).applying(movement.deltas)
            item[place].set(level)
            parts.append((place, movement.kind == .transferIn ? .transferIn : kind))
        }
        let slot = makeSlot(of: demand)
        items[slot] = item
        for part in parts {
            log.append(
                MovementLog.Entry(
                    subject: change.id.bits,
                    quantity: quantity,
                    time: change.time.microsecondsSinceEpoch,
                    reference: change.reference?.text,
                    slot: Int32(slot),
                    place: UInt16(part.place),
                    kind: part.kind
                )
            )
        }
        return item.level(of: own)
    }

    mutating func setTerms(_ terms: SaleTerms, of demand: StockDemand) {
        let slot = makeSlot(of: demand)
        let wasLimited = items[slot].terms.perMemberLimit != nil
        items[slot].terms = terms
        switch (wasLimited, terms.perMemberLimit != nil) {
        case (false, true):
            items[slot].lastLimitGeneration &+= 1
            items[slot].limitGeneration = items[slot].lastLimitGeneration
        case (true, false):
            items[slot].limitGeneration = 0
            items[slot].taken = TextTable()
        default: break
        }
    }

    // MARK: Reserving

    /// Why the demand cannot be met from what is there; nil when it can.
    @inline(__always)
    func refusal(
        of demand: borrowing StockDemand,
        slot: Int?,
        holder: Holder,
        for request: borrowing ReservationRequest
    ) -> InventoryRefusal? {
        guard let slot else { return .unknownSKU(demand.sku) }
        if let refusal = termsRefusal(of: demand, slot: slot, holder: holder, for: request) { return refusal }
        guard let place = items[slot].place(of: demand) else {
            return .insufficientStock(demand.sku, requested: demand.quantity, available: 0)
        }
        let available = items[slot][place].unpromised - items[slot].terms.safetyStock[demand.point.location]
        guard demand.quantity <= available else {
            return .insufficientStock(demand.sku, requested: demand.quantity, available: max(0, available))
        }
        return nil
    }

    /// Why the terms do not allow the demand; nil when they do.
    @inline(__always)
    func termsRefusal(
        of demand: borrowing StockDemand,
        slot: Int,
        holder: Holder,
        for request: borrowing ReservationRequest
    ) -> InventoryRefusal? {
        let refusal = items[slot].terms.refusal(
            of: demand.sku,
            quantity: demand.skuQuantity,
            isRemainder: request.isRemainder,
            at: request.time
        )
        if let refusal { return refusal }
        if let limit = items[slot].terms.perMemberLimit {
            let taken = items[slot].taken.value(of: holder.member, hash: holder.hash) ?? 0
            guard demand.skuQuantity <= limit.units - taken else {
                return .memberLimit(
                    demand.sku,
                    limit: limit.units,
                    alreadyTaken: taken,
                    requested: demand.skuQuantity
                )
            }
        }
        return nil
    }

    /// Sets the units aside; ``refusal(of:slot:holder:for:)`` must have allowed it.
    @inline(__always)
    mutating func take(
        _ demand: borrowing StockDemand,
        slot: Int,
        for request: borrowing ReservationRequest,
        holder: Holder
    ) -> HeldLine {
        let generation = items[slot].limitGeneration
        if generation != 0 {
            items[slot].taken.add(demand.quantity, to: holder.member, hash: holder.hash)
        }
        let place = items[slot].place(of: demand) ?? StockItem.mainPlace
        items[slot][place].held += demand.quantity
        log.append(
            MovementLog.Entry(
                subject: request.id.bits,
                quantity: demand.quantity,
                time: request.time.microsecondsSinceEpoch,
                reference: request.reference?.text,
                slot: Int32(slot),
                place: UInt16(truncatingIfNeeded: place),
                kind: .reservation
            )
        )
        return HeldLine(
            shard: Int32(demand.shard),
            slot: Int32(slot),
            limitGeneration: generation,
            place: UInt16(truncatingIfNeeded: place),
            quantity: demand.quantity
        )
    }

    /// Moves a reservation's units on.
    @inline(__always)
    mutating func move(_ line: HeldLine, of hold: borrowing Hold, _ kind: CompactMovementKind, at time: Timestamp) {
        let slot = Int(line.slot)
        items[slot][Int(line.place)].add(kind.deltas(of: line.quantity))
        if kind.givesBack, line.limitGeneration != 0, line.limitGeneration == items[slot].limitGeneration {
            items[slot].taken.add(-line.quantity, to: hold.holder.member, hash: hold.holder.hash)
        }
        log.append(
            MovementLog.Entry(
                subject: hold.id,
                quantity: line.quantity,
                time: time.microsecondsSinceEpoch,
                reference: hold.reference,
                slot: line.slot,
                place: line.place,
                kind: kind
            )
        )
    }

    mutating func forgetMovements(before number: UInt64) { log.forget(before: number) }
}
