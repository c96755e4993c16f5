import MarketplaceCore

extension StockShard {
    /// How a demand is met when more may be promised than is there, or why it is not.
    ///
    /// The trial is the SKU of the demand before with the locations that its demands need; that of this one is added.
    /// The demands of a SKU come in a row, and together they may need more locations than there may be.
    func supply(
        of demand: StockDemand,
        holder: Holder,
        for request: ReservationRequest,
        trial: inout StockItem?
    ) throws(InventoryRefusal) -> StockSupply {
        guard let slot = slot(of: demand) else { throw .unknownSKU(demand.sku) }
        if let refusal = termsRefusal(of: demand, slot: slot, holder: holder, for: request) { throw refusal }
        let supply = try supply(of: demand, slot: slot, for: request)
        if supply.backordered > 0 {
            if trial?.sku != demand.sku { trial = items[slot] }
            if let place = try trial?.makePlace(of: demand.point.location) { trial?[place].isKnown = true }
        }
        return supply
    }

    private func supply(
        of demand: StockDemand,
        slot: Int,
        for request: ReservationRequest
    ) throws(InventoryRefusal) -> StockSupply {
        let parts = items[slot].place(of: demand).map { items[slot][$0] } ?? StockItem.Parts()
        return try items[slot].terms.supply(
            of: demand.quantity,
            at: demand.point,
            unpromised: parts.unpromised,
            backordered: parts.backordered,
            allowsBackorder: request.allowsBackorder
        )
    }

    /// Promises what ``supply(of:holder:for:)`` has allowed, and returns it as a line of the books.
    mutating func promise(
        _ demand: StockDemand,
        for request: ReservationRequest
    ) -> ReservationBook.Line? {
        guard let slot = slot(of: demand), let supply = try? supply(of: demand, slot: slot, for: request),
            let place = try? items[slot].makePlace(of: demand.point.location)
        else { return nil }
        items[slot][place].isKnown = true
        var position = ReservationPosition(demand.point)
        position.held = supply.fromStock
        position.backordered = supply.backordered
        if supply.backordered > 0 { position.promisedAt = items[slot].terms.backorders?.promisedAt }
        return ReservationBook.Line(position: position, limitGeneration: Int64(items[slot].limitGeneration))
    }

    /// Applies what a change of the books of a reservation does to the stock of one point.
    mutating func apply(
        _ move: ReservationBook.Move,
        of book: ReservationBook,
        _ demand: StockDemand,
        _ holder: Holder,
        at time: Timestamp
    ) {
        guard let slot = slot(of: demand), let place = items[slot].place(of: demand) else { return }
        items[slot][place].add(move.deltas)
        let generation = items[slot].limitGeneration
        if generation != 0, move.limitGeneration == Int64(generation), move.counted != 0 {
            items[slot].taken.add(move.counted, to: holder.member, hash: holder.hash)
        }
        let waiter = StockItem.Waiter(reservation: book.id.bits, place: UInt16(place))
        let isWaiting = book.awaitedPoints.contains(demand.point)
        items[slot].waiting[waiter] = isWaiting ? book.reservedAt.microsecondsSinceEpoch : nil
        for (kind, quantity) in move.compact where quantity != 0 {
            log.append(
                MovementLog.Entry(
                    subject: book.id.bits,
                    quantity: quantity,
                    time: time.microsecondsSinceEpoch,
                    reference: book.reference?.text,
                    slot: Int32(slot),
                    place: UInt16(place),
                    kind: kind
                )
            )
        }
    }

    /// How many units of a point can be given to those who wait for them.
    func available(of demand: StockDemand) -> Int64 {
        guard let slot = slot(of: demand), let place = items[slot].place(of: demand) else { return 0 }
        return items[slot].level(of: place).available
    }

    /// The reservations that wait for units of a point, the earliest one first.
    func waiting(at demand: StockDemand) -> [UInt128] {
        guard let slot = slot(of: demand), let place = items[slot].place(of: demand) else { return [] }
        return items[slot].waiting.filter { $0.key.place == UInt16(place) }
            .sorted { ($0.value, $0.key.reservation) < ($1.value, $1.key.reservation) }
            .map(\.key.reservation)
    }
}
