package import ExampleSupport
package import Marketplace

/// What must hold when both processes have ended, whoever was killed meanwhile.
package struct MarketAudit: Sendable {
    private let worker: MarketWorker
    private let acknowledged: [OrderID]
    private let entries: [GatewayRecordEntry]

    /// An audit of what was acknowledged, against the gateway's own record.
    package init(_ worker: MarketWorker, acknowledged: [OrderID], entries: [GatewayRecordEntry]) {
        self.worker = worker
        self.acknowledged = acknowledged
        self.entries = entries
    }

    /// The checks, each with what was found.
    package func checks() async throws -> [NamedCheck] {
        let totals = try entries.totals()
        let repository = Repository<Order>(
            in: worker.environment.store,
            codec: worker.environment.codec,
            identifiers: worker.environment.identifiers
        )
        var (unanswered, wrong, unpaid) = (0, 0, 0)
        var units: Int64 = 0
        var bought = 0
        for id in Set(acknowledged) {
            guard let entry = try await worker.book.entry(of: id), let answer = entry.answer else {
                unanswered += 1
                continue
            }
            let order = try await repository.load(id).root
            let isBought = answer == WishBook.bought
            let moved = totals[PaymentID(bits: id.bits)]
            let kept = (moved?.captured.minorUnits ?? 0) - (moved?.refunded.minorUnits ?? 0)
            if isBought != (order.status == .confirmed) { wrong += 1 }
            if kept != (isBought ? order.total?.minorUnits ?? 0 : 0) { unpaid += 1 }
            guard isBought else { continue }
            bought += 1
            units += Int64(entry.wish.units.value)
        }
        let left = try await worker.book.waiting(limit: 1).count
        let stock = try await worker.inventory.stock(of: MarketWorker.cup)
        let allocated = stock?.allocated ?? 0
        return [
            NamedCheck(
                "every acknowledged purchase has an end",
                passed: unanswered == 0,
                finding: "\(unanswered) without one"
            ),
            NamedCheck(
                "every order is as its buyer was told",
                passed: wrong == 0,
                finding: "\(bought) bought, \(wrong) otherwise"
            ),
            NamedCheck(
                "the gateway took the price of what was bought, once",
                passed: unpaid == 0,
                finding: "\(unpaid) otherwise"
            ),
            NamedCheck("nothing waits", passed: left == 0, finding: "\(left) wishes"),
            NamedCheck(
                "the stock promised is what was bought",
                passed: allocated == units && stock?.held == 0,
                finding: "\(allocated) promised, \(units) bought, \(stock?.held ?? 0) held"
            ),
        ]
    }
}
