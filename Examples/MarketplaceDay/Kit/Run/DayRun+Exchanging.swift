import Marketplace

extension DayRun {
    /// Has a buyer send an order back for something else, which is bought at once; for money where nothing else is left.
    func exchange(_ index: Int, _ day: Int, forDearer isDearer: Bool) async throws {
        let order = orders[index]
        let placed = try await world.orders.order(order.id, by: .buyer(order.buyer))
        guard let total = placed.total, let member = memberIDs.firstIndex(of: order.buyer) else {
            throw DayFault("order \(order.id) has no buyer")
        }
        let bought = Set(placed.lines.map(\.sku))
        guard let wanted = try await wanted(otherThan: bought, total, isDearer: isDearer) else {
            try await askForReturn(index, day, Self.everything(of: placed))
            return
        }
        exchangeCount += 1
        let number = plan.purchases.count + exchangeCount
        let replacement: OrderID = world.environment.identifiers.next()
        try await askForReturn(index, day, Self.everything(of: placed), for: .exchange, replacement: replacement)
        let planned = PlannedPurchase(
            day: day,
            minute: 19 * 60,
            member: member,
            lines: [PlannedPurchase.Line(product: wanted, quantity: 1)],
            code: nil,
            payment: .gateway,
            isRefundedAsCredit: false,
            trouble: nil,
            fate: .kept
        )
        let outcome = try await checkOut(planned, number, as: replacement)
        guard case .confirmed(let state) = outcome else {
            throw DayFault("the purchase in exchange for \(order.number) came to nothing: \(outcome)")
        }
        try await paid(state, planned, number, sentOn: day + 1)
    }

    /// The first product that is there and costs more or less than was paid; another one where there is none.
    private func wanted(otherThan bought: Set<SKU>, _ paid: Money, isDearer: Bool) async throws -> Int? {
        var other: Int?
        for (number, product) in plan.products.enumerated() where !product.isSinglePiece {
            let seller = plan.sellers[product.seller]
            guard seller.currency == paid.currency, !bought.contains(skus[number]),
                try await (world.inventory.stock(of: skus[number])?.available ?? 0) > 0
            else { continue }
            let cost = product.priceMinor + seller.shippingMinor
            let isWanted = isDearer ? cost > paid.minorUnits : cost < paid.minorUnits
            if isWanted { return number }
            other = other ?? number
        }
        return other
    }

    /// Tells what an exchange has come to, when both halves of it are done.
    func tellExchange(_ id: ReturnID, of order: DayOrder) async throws {
        let balance = try await world.returns.exchange(id, by: .buyer(order.buyer))
        guard let difference = balance?.difference else { throw DayFault("exchange \(id) comes to nothing") }
        today.exchanged += 1
        let amount = Money(minorUnits: abs(difference.minorUnits), difference.currency).told
        if difference.isPositive {
            note(
                .exchangedForDearer,
                "Purchase \(order.number): exchanged for something dearer; \(amount) paid for it."
            )
        } else if difference.isNegative {
            note(.exchangedForCheaper, "Purchase \(order.number): exchanged for something cheaper; \(amount) back.")
        }
    }
}
