import Marketplace

extension DayRun {
    /// Has the carrier lose a parcel: its goods are sent again out of stock, and what is not there any more is paid back.
    func lose(_ index: Int, _ shipment: ShipmentID, _ waybill: Waybill) async throws {
        let order = orders[index]
        orders[index].wasLost = true
        today.lost += 1
        world.carrier.report(TrackingReport(stage: .lost, at: world.clock.now), of: waybill)
        try await world.shipments.track(shipment, through: world.carrier, by: .system)
        do {
            let (replacement, waybill) = try await pack(order)
            try await handOver(index, replacement, waybill)
            note(.lostParcelReplaced, "Purchase \(order.number): a parcel was lost; the same was sent again.")
        } catch OrdersError.stock(let error) where error.refusal != nil {
            try await chooseRefund(of: order)
            let units = try await unitsThere(of: order)
            if units.isEmpty { try await payLostBack(index) } else { try await sendInPart(index, units) }
        }
    }

    /// What of an order that was lost can be sent again.
    private func unitsThere(of order: DayOrder) async throws -> [OrderUnits] {
        let placed = try await world.orders.order(order.id, by: .seller(order.seller))
        var units: [OrderUnits] = []
        for (index, line) in placed.lines.enumerated() {
            let available = try await world.inventory.stock(of: line.sku)?.available ?? 0
            let count = min(placed.units[index].open, Int(clamping: available))
            if count > 0 { units.append(OrderUnits(lineIndex: index, units: count)) }
        }
        return units
    }

    /// Sends what is there, and calls the rest off.
    private func sendInPart(_ index: Int, _ units: [OrderUnits]) async throws {
        let order = orders[index]
        let seller = CommandActor.seller(order.seller)
        let (shipment, waybill) = try await pack(order, units)
        try await handOver(index, shipment, waybill)
        let sent = try await world.orders.order(order.id, by: seller)
        let changes = sent.units.enumerated().filter { $0.element.open > 0 }
            .map { OrderLineChange(lineIndex: $0.offset, units: $0.element.owed - $0.element.open) }
        let changed = try await world.orders.change(order.id, changes, by: seller, key: key("rest", "\(order.id)"))
        let back = try lastRefund(of: changed)
        today.refunds[back.currency, default: 0] += back.minorUnits
        note(
            .lostParcelSentInPart,
            "Purchase \(order.number): a parcel was lost; a part was sent again, \(back.told) given back for the rest."
        )
    }

    private func payLostBack(_ index: Int) async throws {
        let order = orders[index]
        let canceled = try await world.orders.cancel(
            order.id,
            because: .sellerUnable,
            by: .seller(order.seller),
            key: key("lost", "\(order.id)")
        )
        try await calledOff(index)
        let back = try lastRefund(of: canceled)
        note(
            .lostParcelPaidBack,
            "Purchase \(order.number): a parcel was lost and its goods are sold out; \(back.told) given back."
        )
    }

    private func lastRefund(of order: Order) throws -> Money {
        guard let refund = order.refunds.last else { throw DayFault("nothing was given back for what was lost") }
        return refund.amount
    }
}
