import Marketplace

extension DayRun {
    /// Has buyers ask for the returns, exchanges and claims that are planned for a day; goods come back on the next one.
    func askForReturns(_ day: Int) async throws {
        world.clock.move(to: 19 * 60, of: day)
        for index in orders.indices {
            guard case .delivered(let deliveredOn) = orders[index].stage, let wait = orders[index].fate.afterDays,
                deliveredOn + wait == day
            else { continue }
            switch orders[index].fate {
            case .oneUnitReturned:
                let item = ReturnItem(lineIndex: 0, quantity: .one, reason: .changedMind)
                try await askForReturn(index, day, [item])
            case .allReturned:
                let placed = try await world.orders.order(orders[index].id, by: .system)
                try await askForReturn(index, day, Self.everything(of: placed))
            case .exchanged(_, let isDearer): try await exchange(index, day, forDearer: isDearer)
            case .broken: try await claim(index)
            case .kept, .canceledAtOnce, .canceledWhilePacked, .canceledTooLate, .lost: continue
            }
        }
    }

    /// All units of all lines.
    static func everything(of order: Order) -> [ReturnItem] {
        order.lines.enumerated().map {
            ReturnItem(lineIndex: $0.offset, quantity: $0.element.quantity, reason: .changedMind)
        }
    }

    /// Has a buyer ask for a return, to which the seller agrees.
    func askForReturn(
        _ index: Int,
        _ day: Int,
        _ items: [ReturnItem],
        for kind: ReturnKind = .refund,
        replacement: OrderID? = nil
    ) async throws {
        let order = orders[index]
        let id: ReturnID = world.environment.identifiers.next()
        try await chooseRefund(of: order)
        try await world.returns.request(
            id,
            of: order.id,
            items,
            for: kind,
            replacement: replacement,
            by: .buyer(order.buyer),
            key: key("return", "\(id)")
        )
        try await world.returns.approve(id, by: .seller(order.seller), key: key("approve", "\(id)"))
        orders[index].stage = .comingBack(id, day: day)
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
            if returned.requested?.kind == .exchange { try await tellExchange(id, of: order) }
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
