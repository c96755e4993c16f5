import Marketplace

extension DayRun {
    /// How often payouts are looked for until none is open: each trouble of the scripted bank happens once.
    private static let payoutRounds = 4

    /// Brings the webhooks of a day, the last one first: they come in any order.
    func bringNotices(_ day: Int) async throws {
        world.clock.move(to: 22 * 60, of: day)
        var repeated = 0
        for notice in world.gateway.takeNotices().reversed() {
            if case .duplicate? = await world.notices.deliver(notice) { repeated += 1 }
        }
        if repeated > 0 {
            note(
                .duplicateWebhook,
                times: repeated,
                "Webhooks that came again: \(repeated); nothing was recorded twice."
            )
        }
        try await world.notices.sweep()
    }

    /// Ends what is due, posts what is left to post, and settles the day.
    func closeBooks(_ day: Int) async throws {
        world.clock.move(to: 23 * 60, of: day)
        _ = try await world.inventory.expire(dueBy: world.clock.now, limit: InventoryLimits.pageSize)
        let sweep = try await world.orders.sweep()
        if let failure = sweep.failures.first { throw DayFault("a sweep of orders failed: \(failure)") }
        try await world.followFeed()
        world.clock.move(to: 24 * 60, of: day)
        let period = SettlementPeriod(endingAt: world.clock.now)
        for run in try await world.settlement.settle(period, by: .system) where run.debtEntryID != nil {
            today.notes.append("A seller owes more than was earned; the next payouts are less by that.")
        }
        for _ in 0..<Self.payoutRounds {
            let sending = try await world.settlement.sendPayouts(by: .system)
            for id in sending.paid {
                guard let amount = try await world.settlement.payout(id, by: .system).created?.amount else { continue }
                today.payouts[amount.currency, default: 0] += amount.minorUnits
                today.payoutCount += 1
            }
            if sending.open.isEmpty { break }
        }
        try await closeCredit()
    }
}
