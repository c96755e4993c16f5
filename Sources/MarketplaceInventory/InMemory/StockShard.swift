import MarketplaceCore

/// The stock of the SKUs of one shard, as a state machine without locks or time of its own.
struct StockShard: Sendable {
    /// The stock of one SKU.
    struct Item: Sendable {
        let sku: SKU
        var onHand: Int64 = 0
        var held: Int64 = 0
        var allocated: Int64 = 0
        var terms = SaleTerms.unrestricted
        /// What each member has, since the limit was set.
        var taken = TextTable()
        /// Which limit the counts belong to; 0 while there is none.
        var limitGeneration: UInt32 = 0
        var lastLimitGeneration: UInt32 = 0

        var level: StockLevel { StockLevel(sku: sku, onHand: onHand, held: held, allocated: allocated) }
    }

    private var slots = TextTable()
    private(set) var items: [Item] = []
    private(set) var log: MovementLog

    init(movementCapacity: Int) {
        log = MovementLog(capacity: movementCapacity)
    }

    @inline(__always)
    func slot(of demand: StockDemand) -> Int? {
        slots.value(of: demand.sku.text, hash: demand.hash).map { Int($0) }
    }

    private mutating func makeSlot(of demand: StockDemand) -> Int {
        if let slot = slot(of: demand) { return slot }
        slots.insert(Int64(items.count), for: demand.sku.text, hash: demand.hash)
        items.append(Item(sku: demand.sku))
        return items.count - 1
    }

    // MARK: Setting up

    mutating func receive(_ demand: StockDemand, _ receipt: StockReceipt) -> Result<StockLevel, InventoryRefusal> {
        let quantity = demand.quantity
        let onHand = slot(of: demand).map { items[$0].onHand } ?? 0
        guard onHand + quantity <= InventoryLimits.unitsOnHand else {
            let maximum = InventoryLimits.unitsOnHand
            return .failure(.tooMuchStock(demand.sku, onHand: onHand, received: quantity, maximum: maximum))
        }
        let slot = makeSlot(of: demand)
        items[slot].onHand += quantity
        log.append(
            MovementLog.Entry(
                subject: receipt.id.bits,
                quantity: quantity,
                time: receipt.time.microsecondsSinceEpoch,
                reference: receipt.reference?.text,
                slot: Int32(slot),
                kind: .restock
            )
        )
        return .success(items[slot].level)
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

    /// Why the demand cannot be met; nil when it can.
    @inline(__always)
    func refusal(of demand: StockDemand, slot: Int?, holder: Holder, at time: Timestamp) -> InventoryRefusal? {
        guard let slot else { return .unknownSKU(demand.sku) }
        if let refusal = items[slot].terms.refusal(of: demand.sku, quantity: demand.quantity, at: time) {
            return refusal
        }
        if let limit = items[slot].terms.perMemberLimit {
            let taken = items[slot].taken.value(of: holder.member, hash: holder.hash) ?? 0
            guard demand.quantity <= Int64(limit.value) - taken else {
                return .memberLimit(
                    demand.sku,
                    limit: Int64(limit.value),
                    alreadyTaken: taken,
                    requested: demand.quantity
                )
            }
        }
        let available = items[slot].onHand - items[slot].held - items[slot].allocated
        guard demand.quantity <= available else {
            return .insufficientStock(demand.sku, requested: demand.quantity, available: available)
        }
        return nil
    }

    /// Sets the units aside; ``refusal(of:slot:holder:at:)`` must have allowed it.
    @inline(__always)
    mutating func take(_ demand: StockDemand, slot: Int, for request: ReservationRequest, holder: Holder) -> HeldLine {
        let generation = items[slot].limitGeneration
        if generation != 0 {
            items[slot].taken.add(demand.quantity, to: holder.member, hash: holder.hash)
        }
        items[slot].held += demand.quantity
        log.append(
            MovementLog.Entry(
                subject: request.id.bits,
                quantity: demand.quantity,
                time: request.time.microsecondsSinceEpoch,
                reference: request.reference?.text,
                slot: Int32(slot),
                kind: .reservation
            )
        )
        return HeldLine(
            shard: Int32(demand.shard),
            slot: Int32(slot),
            limitGeneration: generation,
            quantity: demand.quantity
        )
    }

    /// Moves a reservation's units on.
    @inline(__always)
    mutating func move(_ line: HeldLine, of hold: borrowing Hold, _ kind: CompactMovementKind, at time: Timestamp) {
        let slot = Int(line.slot)
        let deltas = kind.deltas(of: line.quantity)
        items[slot].onHand += deltas.onHand
        items[slot].held += deltas.held
        items[slot].allocated += deltas.allocated
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
                kind: kind
            )
        )
    }

    // MARK: Reading

    /// Movements of one shard, and the number to read on from.
    struct MovementPage: Sendable {
        let movements: [StockMovement]
        let next: UInt64
        let missedCount: UInt64
    }

    func sku(of line: HeldLine) -> SKU { items[Int(line.slot)].sku }

    /// Movements from a number on, and the number to read on from.
    func movements(from number: UInt64, limit: Int) -> MovementPage {
        let number = min(number, log.end)
        let start = max(number, log.start)
        let entries = log.entries(from: start, limit: limit)
        let movements = entries.map { entry in
            let sku = items[Int(entry.slot)].sku
            let reservation = entry.kind == .restock ? nil : ReservationID(bits: entry.subject)
            return StockMovement(
                id: reservation.map { MovementID(of: $0, kind: entry.kind.kind, sku: sku) }
                    ?? MovementID(bits: entry.subject),
                sku: sku,
                kind: entry.kind.kind,
                deltas: entry.kind.deltas(of: entry.quantity),
                reservation: reservation,
                reference: entry.reference.map { StockReference(unchecked: $0) },
                time: Timestamp(microsecondsSinceEpoch: entry.time)
            )
        }
        return MovementPage(
            movements: movements,
            next: start + UInt64(entries.count),
            missedCount: start - number
        )
    }

    mutating func forgetMovements(before number: UInt64) { log.forget(before: number) }
}
