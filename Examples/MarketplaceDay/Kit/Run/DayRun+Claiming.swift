import Marketplace

extension DayRun {
    /// Has a buyer complain about a broken unit, which need not come back: it is sent again, or paid back where there is
    /// none left.
    func claim(_ index: Int) async throws {
        let order = orders[index]
        let id: ReturnID = world.environment.identifiers.next()
        let seller = CommandActor.seller(order.seller)
        try await chooseRefund(of: order)
        try await world.returns.request(
            id,
            of: order.id,
            [ReturnItem(lineIndex: 0, quantity: .one, reason: .defective)],
            for: .claimReplacement,
            by: .buyer(order.buyer),
            key: key("claim", "\(id)")
        )
        try await world.returns.approve(id, by: seller, key: key("approve", "\(id)"))
        let settled = try await world.returns.receive(
            id,
            [ReturnedUnits(lineIndex: 0, units: 1, disposition: .keptByBuyer)],
            by: seller,
            key: key("receive", "\(id)")
        )
        guard let completed = settled.completed else { throw DayFault("claim \(id) came to nothing") }
        today.claims += 1
        orders[index].stage = .over
        guard let replacement = completed.replacementID else {
            today.refunds[completed.refunded.currency, default: 0] += completed.refunded.minorUnits
            note(
                .claimPaidBack,
                "Purchase \(order.number): a unit was broken and is sold out; \(completed.refunded.told) given back."
            )
            return
        }
        orders.append(
            DayOrder(
                id: replacement,
                number: order.number,
                buyer: order.buyer,
                seller: order.seller,
                payment: order.payment,
                isRefundedAsCredit: false,
                day: today.day + 1,
                fate: .kept
            )
        )
        note(.claimReplaced, "Purchase \(order.number): a unit was broken; the same is sent again, nothing to pay.")
    }
}
