import MarketplaceCore
import MarketplaceDomain
import MarketplacePromotions
import MarketplaceStorage

extension SettlementFollower {
    /// Tells the settlement what an event says, under a key that follows from the event.
    func post(_ event: RecordedEvent) async throws {
        if event.name == ReturnSettled.eventName {
            return try await postReturn(environment.codec.decode(ReturnSettled.self, from: event.payload), event)
        }
        switch try reader.read(event) {
        case .statusChanged(let change) where change.to == .confirmed: try await postConfirmation(of: change, event)
        case .statusChanged(let change) where change.to == .delivered:
            try await postCharges(of: change.orderID, event)
        case .parcelMoved(let moved) where moved.stage == .delivered: try await postDelivery(moved, event)
        case .goodwillGiven(let given): try await postGoodwill(given, event)
        case .refundSettled(let refund): try await postRefund(refund, event)
        case .changed(let change): try await postChange(change, event)
        default: break
        }
    }

    /// The order that an event is about.
    func orderID(of event: RecordedEvent) throws -> OrderID {
        guard event.name == ReturnSettled.eventName else { return try OrderID(parsing: event.stream.key.text) }
        return try environment.codec.decode(ReturnSettled.self, from: event.payload).orderID
    }

    private func postConfirmation(of change: OrderStatusChanged, _ event: RecordedEvent) async throws {
        guard let placed = try await placed(change.orderID), placed.movesMoney else { return }
        // What was frozen stays, whatever the terms are by now.
        if try await settlement.state(of: placed.orderID).opened == nil {
            try await settlement.open(
                placed,
                on: terms(placed),
                categories: try await categories(of: placed),
                carriers: carriers(placed),
                by: .system,
                key: key(event, "open")
            )
        }
        guard placed.total.isPositive else { return }
        try await settlement.recordCapture(
            placed.total,
            of: placed.orderID,
            tender: captureTender(of: placed),
            by: .system,
            key: key(event, "capture")
        )
    }

    private func postChange(_ change: OrderChanged, _ event: RecordedEvent) async throws {
        let order = try await order(change.orderID)
        guard let placed = order.placed, placed.movesMoney else { return }
        try await settlement.recordChange(
            change,
            of: order,
            on: terms(placed),
            categories: try await categories(of: placed),
            bearer: Self.discountBearer(of: placed),
            by: .system,
            key: key(event, "change")
        )
    }

    private func postDelivery(_ moved: OrderParcelMoved, _ event: RecordedEvent) async throws {
        let order = try await order(moved.orderID)
        guard order.placed?.movesMoney == true else { return }
        let units = moved.units.map { LineUnits(order.shareID(of: $0.lineIndex), $0.units) }
        try await settlement.recordDelivery(of: moved.orderID, units, by: .system, key: key(event, "delivery"))
    }

    /// Delivery charges are earned when all is there; goods are with each parcel.
    private func postCharges(of id: OrderID, _ event: RecordedEvent) async throws {
        guard try await isSettled(id) else { return }
        let state = try await settlement.state(of: id)
        let charges = Set(state.lines.filter { $0.kind == .delivery }.map(\.id))
        let units = state.undelivered.filter { charges.contains($0.lineID) }
        guard !units.isEmpty else { return }
        try await settlement.recordDelivery(of: id, units, by: .system, key: key(event, "charges"))
    }

    private func postGoodwill(_ given: OrderGoodwillGiven, _ event: RecordedEvent) async throws {
        guard let placed = try await placed(given.orderID) else { return }
        try await settlement.recordOwedGoodwill(
            given.amount,
            of: given.orderID,
            atCostOf: given.bearer == .seller ? placed.sellerID : nil,
            by: .system,
            key: key(event, "goodwill")
        )
    }

    private func postRefund(_ refund: OrderRefundSettled, _ event: RecordedEvent) async throws {
        let cause = try await owed(by: refund, before: event)
        guard let cause else { return }
        let order = try await order(refund.orderID)
        let name = RefundName.owed(order.refunds[refund.number - 1], by: refund.orderID)
        let tender = Self.tender(try await credited(by: name, of: order, in: refund.amount.currency))
        switch cause {
        case .goodwill:
            try await settlement.recordGoodwillPayment(
                refund.amount,
                of: refund.orderID,
                tender: tender,
                by: .system,
                key: key(event, "goodwill payment")
            )
        case .change:
            try await settlement.recordChangeRefund(
                refund.amount,
                of: refund.orderID,
                tender: tender,
                by: .system,
                key: key(event, "change refund")
            )
        case .units(let units):
            guard !units.isEmpty else { return }
            try await settlement.recordRefund(
                of: refund.orderID,
                units,
                .beforeDelivery,
                tender: tender,
                by: .system,
                key: key(event, "cancellation")
            )
        }
    }

    private func postReturn(_ settled: ReturnSettled, _ event: RecordedEvent) async throws {
        let order = try await order(settled.orderID)
        guard order.placed?.movesMoney == true,
            let completed = try await returns.loadForProjection(settled.returnID).root.completed
        else { return }
        var units = completed.units.map { LineUnits(order.shareID(of: $0.lineIndex), $0.units) }
        units += completed.charges.map { LineUnits($0, 1) }
        guard !units.isEmpty else { return }
        let currency = completed.refunded.currency
        let credited = try await credited(by: .given(by: settled.returnID), of: order, in: currency)
        // What a return gives under other terms than the frozen ones is kept, or borne, by whoever bore the discounts.
        try await settlement.recordRefund(
            of: settled.orderID,
            units,
            .afterDelivery,
            given: completed.refunded,
            givenBefore: completed.givenBefore ?? .zero(currency),
            bearer: order.placed.flatMap(Self.discountBearer),
            tender: Self.tender(credited),
            by: .system,
            key: key(event, "return")
        )
    }

    /// The seller of an order who bears all discounts on it; nil where the marketplace bears some, or there are none.
    private static func discountBearer(of order: OrderCreated) -> SellerID? {
        let promotions = order.shares?.promotions ?? []
        guard let seller = order.sellerID, !promotions.isEmpty else { return nil }
        let isBearer = promotions.allSatisfy { discount in
            discount.sellers.reduce(Int128(0)) { $0 + Int128($1.amountMinor) } == Int128(discount.amountMinor)
        }
        return isBearer ? seller : nil
    }

    /// Why an order owes something to its buyer.
    private enum Owed {
        /// Because they were given something beyond what is called off.
        case goodwill
        /// Because it was changed: its units were called off then.
        case change
        /// Because these units were called off with all of it.
        case units([LineUnits])
    }

    /// Why the order came to owe that refund, found by telling its story again.
    private func owed(by refund: OrderRefundSettled, before event: RecordedEvent) async throws -> Owed? {
        var order = Order()
        var version = StreamVersion.first
        while version < event.version {
            let page = try await environment.store.events(
                in: event.stream,
                from: version,
                limit: StoreLimits.pageSize
            )
            for recorded in page where recorded.version < event.version {
                var next = order
                next.apply(try reader.read(recorded))
                if order.refunds.count < refund.number, next.refunds.count >= refund.number {
                    guard next.placed?.movesMoney == true else { return nil }
                    switch next.refunds[refund.number - 1].cause {
                    case .goodwill: return .goodwill
                    case .change: return .change
                    case .cancellation: return .units(Self.calledOff(from: order, to: next))
                    }
                }
                order = next
            }
            guard let last = page.last else { return nil }
            version = last.version.advanced(by: 1)
        }
        return nil
    }

    /// The units and charges of an order that was called off.
    private static func calledOff(from order: Order, to next: Order) -> [LineUnits] {
        var units: [LineUnits] = []
        for index in order.units.indices {
            let count = next.units[index].canceled - order.units[index].canceled
            if count > 0 { units.append(LineUnits(order.shareID(of: index), count)) }
        }
        return units + (order.shares?.shipping ?? []).map { LineUnits($0.id, 1) }
    }

    private func categories(of placed: OrderCreated) async throws -> [ProductID: Set<CategoryID>] {
        guard let catalog else { return [:] }
        var categories: [ProductID: Set<CategoryID>] = [:]
        do throws(CatalogError) {
            for product in Set(placed.lines.compactMap(\.productID)) {
                guard let listing = try await catalog.product(product) else { continue }
                categories[product] = try await catalog.lineage(of: listing.categories)
            }
        } catch {
            if case .failed(let failure) = error { throw failure }
            throw error
        }
        return categories
    }

    private func order(_ id: OrderID) async throws -> Order { try await orders.loadForProjection(id).root }

    private func placed(_ id: OrderID) async throws -> OrderCreated? { try await order(id).placed }

    private func isSettled(_ id: OrderID) async throws -> Bool { try await placed(id)?.movesMoney == true }

    private func key(_ event: RecordedEvent, _ part: String) -> IdempotencyKey {
        // An identifier and a word.
        IdempotencyKey(unchecked: "\(event.id)/\(part)")
    }
}

extension OrderCreated {
    /// Whether anybody pays or earns anything by it: by its goods, discounted or not, or their delivery.
    fileprivate var movesMoney: Bool { total.isPositive || lines.contains { $0.unitPrice.isPositive } }
}
