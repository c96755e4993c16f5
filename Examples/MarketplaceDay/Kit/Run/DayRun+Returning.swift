import Marketplace

extension DayRun {
    /// Has buyers ask for the returns that are planned for a day; the goods come back on the next one.
    func askForReturns(_ day: Int) async throws {
        world.clock.move(to: 19 * 60, of: day)
        for index in orders.indices {
            guard case .delivered(let deliveredOn) = orders[index].stage else { continue }
            let order = orders[index]
            let items: [ReturnItem]
            switch order.fate {
            case .oneUnitReturned(let wait) where deliveredOn + wait == day:
                items = [ReturnItem(lineIndex: 0, quantity: .one, reason: .changedMind)]
            case .allReturned(let wait) where deliveredOn + wait == day:
                let lines = try await world.orders.order(order.id, by: .system).lines
                items = lines.enumerated().map {
                    ReturnItem(lineIndex: $0.offset, quantity: $0.element.quantity, reason: .changedMind)
                }
            default: continue
            }
            let id: ReturnID = world.environment.identifiers.next()
            try await world.returns.request(
                id,
                of: order.id,
                items,
                by: .buyer(order.buyer),
                key: key("return", "\(id)")
            )
            try await world.returns.approve(id, by: .seller(order.seller), key: key("approve", "\(id)"))
            orders[index].stage = .comingBack(id, day: day)
        }
    }

    /// Takes in what was sent back on the day before, and gives the money back.
    func takeBack(_ day: Int) async throws {
        world.clock.move(to: 9 * 60 + 30, of: day)
        for index in orders.indices {
            guard case .comingBack(let id, let asked) = orders[index].stage, asked < day else { continue }
            let order = orders[index]
            let isPaidOut = try await isPaidOut(order)
            let wished = try await world.returns.value(id, by: .system).requested?.items ?? []
            let returned = try await world.returns.receive(
                id,
                wished.map {
                    ReturnedUnits(lineIndex: $0.lineIndex, units: $0.quantity.value, disposition: .restock)
                },
                by: .seller(order.seller),
                key: key("receive", "\(id)")
            )
            guard let amount = returned.refunded else { throw DayFault("return \(id) gave nothing back") }
            today.refunds[amount.currency, default: 0] += amount.minorUnits
            today.returned += 1
            orders[index].stage = .over
            try await tell(order, amount, wished, isPaidOut: isPaidOut)
        }
        try await world.followFeed()
    }

    /// Whether the seller was sent what an order has earned: nothing of it is open any more.
    private func isPaidOut(_ order: DayOrder) async throws -> Bool {
        guard let total = try await world.orders.order(order.id, by: .system).total else { return false }
        let open = try await world.settlement.openItems(of: order.seller, in: total.currency, by: DayWorld.staff)
        return !open.contains { $0.orderID == order.id }
    }

    private func tell(_ order: DayOrder, _ amount: Money, _ items: [ReturnItem], isPaidOut: Bool) async throws {
        let placed = try await world.orders.order(order.id, by: .system)
        if let item = items.first, items.count == 1, item.quantity.value < placed.lines[item.lineIndex].quantity.value,
            placed.isDiscounted(at: item.lineIndex)
        {
            note(
                .partialReturnOfDiscounted,
                "Purchase \(order.number): one of \(placed.lines[item.lineIndex].quantity.value) units bought with a"
                    + " code came back; \(amount.told) given back, what it had cost."
            )
        }
        if isPaidOut {
            note(
                .refundAfterPayout,
                "Purchase \(order.number): \(amount.told) given back after the seller was paid; the next payout is less."
            )
        }
    }
}

extension Order {
    /// Whether something was taken off a line when it was bought.
    fileprivate func isDiscounted(at index: Int) -> Bool {
        guard let lines = placed?.shares?.lines, lines.indices.contains(index) else { return false }
        return lines[index].runs.contains { $0.discountMinor > 0 }
    }
}
