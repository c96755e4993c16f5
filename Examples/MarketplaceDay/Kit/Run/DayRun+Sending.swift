import Marketplace

extension DayRun {
    /// The carrier that brings everything.
    private static let carrier: CarrierCode = "post"

    /// Packs and sends what was paid for on a day, or calls it off.
    func send(_ day: Int) async throws {
        world.clock.move(to: 18 * 60 + 30, of: day)
        for index in orders.indices where orders[index].day == day && orders[index].stage == .paid {
            let order = orders[index]
            if order.fate == .canceledAtOnce {
                try await chooseRefund(of: order)
                try await world.orders.cancel(
                    order.id,
                    because: .buyerRequest,
                    by: .buyer(order.buyer),
                    key: key("cancel", "\(order.id)")
                )
                try await calledOff(index)
                continue
            }
            let (shipment, waybill) = try await pack(order)
            if order.fate == .canceledWhilePacked {
                try await cancelWhilePacked(index, shipment)
                continue
            }
            try await handOver(index, shipment, waybill)
            if order.fate == .canceledTooLate { try await cancelTooLate(order) }
        }
    }

    func handOver(_ index: Int, _ shipment: ShipmentID, _ waybill: Waybill) async throws {
        let seller = CommandActor.seller(orders[index].seller)
        try await world.shipments.handOver(shipment, by: seller, key: key("send", "\(shipment)"))
        orders[index].stage = .sent(shipment, waybill)
        today.sent += 1
    }

    /// Packs all that is still to be sent of an order, or a part of it, and has its transport booked.
    func pack(_ order: DayOrder, _ part: [OrderUnits]? = nil) async throws -> (ShipmentID, Waybill) {
        let shipment: ShipmentID = world.environment.identifiers.next()
        let seller = CommandActor.seller(order.seller)
        let placed = try await world.orders.order(order.id, by: seller)
        let all = placed.units.enumerated().map { OrderUnits(lineIndex: $0.offset, units: $0.element.open) }
        try await world.shipments.create(
            shipment,
            of: order.id,
            part ?? all,
            by: seller,
            key: key("pack", "\(shipment)")
        )
        let booked = try await world.shipments.bookWaybill(
            for: shipment,
            by: Self.carrier,
            through: world.carrier,
            by: seller,
            key: key("book", "\(shipment)")
        )
        guard let waybill = booked.waybill else { throw DayFault("shipment \(shipment) has no waybill") }
        return (shipment, waybill)
    }

    /// The buyer asks while the parcel stands there: nothing leaves before the seller has decided.
    private func cancelWhilePacked(_ index: Int, _ shipment: ShipmentID) async throws {
        let order = orders[index]
        try await chooseRefund(of: order)
        try await world.orders.requestCancellation(
            of: order.id,
            because: .buyerRequest,
            by: .buyer(order.buyer),
            key: key("request", "\(order.id)")
        )
        let seller = CommandActor.seller(order.seller)
        let hasStayed = try await isRefused {
            try await world.shipments.handOver(shipment, by: seller, key: key("send", "\(shipment)"))
        }
        guard hasStayed else { throw DayFault("order \(order.id) left while its cancellation was asked for") }
        try await world.shipments.cancel(shipment, by: seller, key: key("unpack", "\(shipment)"))
        try await world.orders.acceptCancellation(of: order.id, by: seller, key: key("accept", "\(order.id)"))
        note(
            .canceledWhilePacked,
            "Purchase \(order.number): an order was called off while packed; the parcel stayed, money back."
        )
        try await calledOff(index)
    }

    private func cancelTooLate(_ order: DayOrder) async throws {
        let isTooLate = try await isRefused {
            try await world.orders.cancel(
                order.id,
                because: .buyerRequest,
                by: .buyer(order.buyer),
                key: key("cancel", "\(order.id)")
            )
        }
        guard isTooLate else { throw DayFault("order \(order.id) was called off although it had left") }
        note(
            .canceledTooLate,
            "Purchase \(order.number): an order was to be called off after it had left; refused, it goes on."
        )
    }

    /// Whether something is refused by the order's lifecycle.
    private func isRefused<Value>(_ body: () async throws -> Value) async throws -> Bool {
        do {
            _ = try await body()
            return false
        } catch OrdersError.refused(.move) {
            return true
        }
    }

    /// Takes note that an order is called off and paid back.
    func calledOff(_ index: Int) async throws {
        let order = try await world.orders.order(orders[index].id, by: .system)
        _ = try await world.checkout.restoreCoupons(of: orders[index].id)
        for refund in order.refunds { today.refunds[refund.amount.currency, default: 0] += refund.amount.minorUnits }
        orders[index].stage = .over
        today.canceled += 1
    }

    /// Has the parcels of the days before arrive, but for those that are lost.
    func deliver(_ day: Int) async throws {
        world.clock.move(to: 9 * 60, of: day)
        for index in orders.indices where orders[index].day < day {
            guard case .sent(let shipment, let waybill) = orders[index].stage else { continue }
            if orders[index].fate == .lost, !orders[index].wasLost {
                try await lose(index, shipment, waybill)
                continue
            }
            world.carrier.report(TrackingReport(stage: .delivered, at: world.clock.now), of: waybill)
            try await world.shipments.track(shipment, through: world.carrier, by: .system)
            orders[index].stage = .delivered(day: day)
            today.delivered += 1
        }
        // What has arrived is earned from now on, not from tonight.
        try await world.followFeed()
    }
}
