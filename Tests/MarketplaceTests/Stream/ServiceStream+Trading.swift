import Marketplace
import MarketplaceTestKit
import TestSupport

extension ServiceStream {
    mutating func callCheckout() async throws {
        let market = market
        let isRepeated = happens(onceIn: 12) && !orders.isEmpty
        let order = isRepeated ? run.element(of: orders) : OrderID(bits: nextNumber())
        let buyer = run.element(of: Self.buyers)
        let requests = (0...run.natural(through: 2)).map { _ in
            CatalogLineRequest(WholeMarket.key("sku-\(Int(product().bits))"), .units(1 + run.natural(through: 2)))
        }
        try await call("checkout") {
            switch try await market.place(order, by: buyer, requests) {
            case .confirmed: break
            case .refused(let refusal): throw Refused("\(refusal)")
            case .stuck(let stuck): throw Violation(description: "a purchase is stuck: \(stuck)")
            }
        }
    }

    mutating func callOrder() async throws {
        let kind = run.natural(through: 10)
        let (market, key) = (market, newKey())
        // What is completed or comes back was delivered.
        let id = kind == 6 || kind == 7 ? order(of: delivered) : anyOrder()
        let order = try? await market.orders.order(id, by: .system)
        let buyer = CommandActor.buyer(order?.placed?.buyerID ?? Self.buyers[0])
        let seller = order?.sellerID.map(CommandActor.seller) ?? WholeMarket.staff
        let likely = actor(buyer, seller, WholeMarket.staff)
        switch kind {
        case 0: try await call("cancel") { try await market.orders.cancel(id, because: .other, by: likely, key: key) }
        case 1:
            try await call("request cancellation") {
                try await market.orders.requestCancellation(of: id, because: .buyerRequest, by: likely, key: key)
            }
        case 2:
            try await call("accept cancellation") {
                try await market.orders.acceptCancellation(of: id, by: likely, key: key)
            }
        case 3:
            _ = try? await market.orders.requestCancellation(of: id, because: .buyerRequest, by: buyer, key: newKey())
            try await call("reject cancellation") {
                try await market.orders.rejectCancellation(of: id, because: .madeToOrder, by: likely, key: key)
            }
        case 4:
            let change = OrderLineChange(lineIndex: run.natural(through: 1), units: run.natural(through: 2))
            try await call("change order") { try await market.orders.change(id, [change], by: likely, key: key) }
        case 5: try await call("prepare") { try await market.orders.prepare(id, by: likely, key: key) }
        case 6: try await call("complete") { try await market.orders.complete(id, by: likely, key: key) }
        case 8: try await call("settle order") { try await market.orders.settle(id, by: likely) }
        case 9:
            let actor = actor(WholeMarket.staff)
            try await call("retry refund") { try await market.orders.retryRefund(1, of: id, by: actor, key: key) }
        case 10:
            let bearer = run.element(of: GoodwillBearer.allCases)
            let actor = actor(bearer == .seller ? seller : WholeMarket.staff)
            let currency = order?.total?.currency ?? .krw
            let amount = Money(minorUnits: 1 + Int64(run.natural(through: 500)), currency)
            try await call("give goodwill") {
                try await market.orders.giveGoodwill(
                    amount,
                    on: id,
                    atCostOf: bearer,
                    because: .other,
                    by: actor,
                    key: key
                )
            }
        default:
            let units = OrderUnits(lineIndex: 0, units: 1)
            try await call("record return") { try await market.orders.recordReturn(of: units, in: id, key: key) }
        }
    }

    mutating func callShipment() async throws {
        let (market, key) = (market, newKey())
        let isNew = shipments.isEmpty || happens(onceIn: 3)
        guard !isNew else { return try await createShipment(key) }
        let id = run.element(of: Array(shipments.suffix(5)))
        let shipment = try? await market.shipments.shipment(id, by: .system)
        let buyer = CommandActor.buyer(shipment?.created?.buyerID ?? Self.buyers[0])
        let seller = shipment?.created?.sellerID.map(CommandActor.seller) ?? WholeMarket.staff
        let isOnItsWay = shipment?.status == .handedOver
        let likely = isOnItsWay ? (happens(onceIn: 3) ? 8 : 6) : shipment?.waybill == nil ? 0 : 3
        switch happens(onceIn: 2) ? likely : run.natural(through: 8) {
        case 0...2:
            let waybill = Waybill(carrier: "post", trackingNumber: WholeMarket.key("parcel \(id)"))
            let actor = actor(seller)
            try await call("waybill") {
                try await market.shipments.registerWaybill(waybill, for: id, by: actor, key: key)
            }
        case 3...5:
            let actor = actor(seller)
            try await call("hand over") { try await market.shipments.handOver(id, by: actor, key: key) }
        case 6, 7:
            let actor = actor(buyer)
            try await call("confirm delivery") {
                try await market.shipments.confirmDelivery(of: id, by: actor, key: key)
            }
        default:
            try await endShipment(id, isUnderWay: isOnItsWay != happens(onceIn: 3), by: actor(seller), key)
        }
    }

    private mutating func endShipment(
        _ id: ShipmentID,
        isUnderWay: Bool,
        by actor: CommandActor,
        _ key: IdempotencyKey
    ) async throws {
        let market = market
        switch (isUnderWay, run.natural(through: 1) == 0) {
        case (true, true):
            try await call("report lost") { try await market.shipments.reportLost(id, by: actor, key: key) }
        case (true, false):
            try await call("note returned") { try await market.shipments.noteReturned(id, by: actor, key: key) }
        case (false, true):
            try await call("cancel shipment") { try await market.shipments.cancel(id, by: actor, key: key) }
        case (false, false):
            // The carrier knows nothing of it, so it stays where it is.
            let actor = happens(onceIn: 2) ? actor : .visitor
            try await call("track") { try await market.shipments.track(id, through: ScriptedCarrier(), by: actor) }
        }
    }

    /// Checks that nothing is owed to the stock, and that what is promised of it is what orders count on.
    func checkStock() async throws {
        let sweep = try await market.orders.sweep()
        guard sweep.failures.isEmpty else { throw Violation(description: "a sweep has failed: \(sweep.failures)") }
        market.clock.advance(by: .hours(1))
        _ = try await market.inventory.expire(dueBy: market.clock.wall.now, limit: InventoryLimits.pageSize)
        var setAside: [SKU: Int64] = [:]
        for id in orders {
            let order = try await market.orders.order(id, by: .system)
            guard !order.owesStock else { throw Violation(description: "the order \(id) owes its stock") }
            if order.status == .failed || order.status == .pending || order.status == .expired { continue }
            for (line, units) in zip(order.lines, order.units) {
                setAside[line.sku, default: 0] += Int64(units.setAside)
            }
        }
        for (sku, units) in setAside {
            let stock = try await market.inventory.stock(of: sku)
            guard stock?.allocated == units, stock?.held == 0 else {
                throw Violation(
                    description: "orders count on \(units) of \(sku), set aside are \(String(describing: stock))"
                )
            }
        }
    }

    private mutating func createShipment(_ key: IdempotencyKey) async throws {
        let (market, order) = (market, anyOrder())
        let state = try? await market.orders.order(order, by: .system)
        let open = state?.units.enumerated().filter { $0.element.open > 0 } ?? []
        let contents = open.map { OrderUnits(lineIndex: $0.offset, units: $0.element.open) }
        let id = ShipmentID(bits: nextNumber())
        let actor = actor(state?.sellerID.map(CommandActor.seller) ?? WholeMarket.staff)
        try await call("pack") { try await market.shipments.create(id, of: order, contents, by: actor, key: key) }
    }

    mutating func callSettlement() async throws {
        let (market, id, key) = (market, order(of: settled), newKey())
        let placed = try? await market.orders.order(id, by: .system).placed
        let actor = actor(.system, WholeMarket.staff)
        guard let placed else { return }
        let units = (try await market.settlement.state(of: id, by: .system).opened?.lines ?? []).map {
            LineUnits($0.id, 1)
        }
        switch run.natural(through: 8) {
        case 0, 1:
            let terms = market.terms
            try await call("open settlement") {
                try await market.settlement.open(placed, on: terms, by: actor, key: key)
            }
        case 2, 3:
            try await call("record capture") {
                try await market.settlement.recordCapture(placed.total, of: id, by: actor, key: key)
            }
        case 4, 5:
            try await call("record delivery") {
                _ = try await market.settlement.recordDelivery(of: id, units, by: actor, key: key)
            }
        case 6, 7:
            let stage = run.element(of: RefundStage.allCases)
            try await call("record refund") {
                _ = try await market.settlement.recordRefund(of: id, units, stage, by: actor, key: key)
            }
        default: try await settleDay(by: actor)
        }
    }

    private mutating func settleDay(by actor: CommandActor) async throws {
        let market = market
        market.clock.advance(by: .days(1))
        let today = SettlementPeriod(endingAt: market.clock.wall.now)
        try await call("settle") { _ = try await market.settlement.settle(today, by: actor) }
        try await call("send payouts", isRepeatable: false) {
            _ = try await market.settlement.sendPayouts(by: actor)
        }
    }
}
