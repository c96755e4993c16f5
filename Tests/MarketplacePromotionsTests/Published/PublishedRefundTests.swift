import MarketplaceCore
import MarketplacePromotions
import Testing

/// Refunds of discounted orders, as bug reports of other engines say they should have been.
@Suite struct PublishedRefundTests {
    @Test(arguments: try PublishedCase.cases(of: "refund_and_payout_cases").filter { $0["ledger"] == nil })
    func aRefundIsTheShareOfWhatWasPaid(_ published: PublishedCase) throws {
        var ledger = RefundLedger(try frozen(published))
        let whole = ledger
        var returned: [BasketLineID: Int] = [:]
        for (line, units) in published["returned"]?.object ?? [:] {
            returned[try BasketLineID(line)] = try units.whole()
        }
        if let refund = published.expected["refund"] {
            #expect(try ledger.refund(returned).amount.minorUnits == published.minor(refund))
        }
        if let lines = published.expected["refundable_per_line"] {
            let found = whole.shares.lines.map { $0.share(from: 0, units: $0.units).paidMinor }
            #expect(try found == lines.array.map { try published.minor($0) })
        }
        if let units = published.expected["per_unit"] {
            let line = try #require(whole.shares.lines.first)
            let found = (0..<line.units).map { line.share(from: $0, units: 1).paidMinor }
            #expect(try found == units.array.map { try published.minor($0) })
        }
        if let sum = published.expected["sum"] {
            #expect(try whole.shares.total.minorUnits == published.minor(sum))
        }
        let known: Set<String> = ["refund", "refundable_per_line", "per_unit", "sum"]
        #expect(Set(published.expected.object.keys).isSubset(of: known))
    }

    private func frozen(_ published: PublishedCase) throws -> FrozenShares {
        var basket = Basket(try published.currency(), lines: [])
        for (index, line) in (published["lines"]?.array ?? []).enumerated() {
            let price = try #require(line["unit_price"])
            let quantity = try Quantity(line["quantity"]?.whole() ?? 1)
            basket.lines.append(
                BasketLine(try BasketLineID("\(index)"), try published.money(price), quantity: quantity)
            )
        }
        let rule = published["order_discount"] ?? .null
        var promotions: [Promotion] = []
        if let percent = rule["percent"] {
            promotions = [Promotion("discount", .percentOffOrder(try published.percentage(percent)))]
        } else if let amount = rule["fixed"] {
            promotions = [Promotion("discount", .amountOffOrder(try published.money(amount)))]
        }
        for index in promotions.indices {
            if let lines = rule["eligible"] {
                promotions[index].scope.lines = .lines(try lines.texts.map { try BasketLineID($0) })
            }
            if let total = rule["min_total"] {
                promotions[index].condition = .total(.atLeast(try published.money(total)))
            }
        }
        return try basket.priced(with: promotions, at: .epoch, policy: PublishedPolicies.refunds).frozen()
    }
}
