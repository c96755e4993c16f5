import Marketplace

extension DayRun {
    /// Has the carrier lose a parcel: its goods are sent again out of stock, or paid back where there are none left.
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
            let seller = CommandActor.seller(order.seller)
            let canceled = try await world.orders.cancel(
                order.id,
                because: .sellerUnable,
                by: seller,
                key: key("lost", "\(order.id)")
            )
            try await calledOff(index)
            guard let back = canceled.refunds.last?.amount else { throw DayFault("order \(order.id) owes nothing") }
            note(
                .lostParcelPaidBack,
                "Purchase \(order.number): a parcel was lost and its goods are sold out; \(back.told) given back."
            )
        }
    }
}
