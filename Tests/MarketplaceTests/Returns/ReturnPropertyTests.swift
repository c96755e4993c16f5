import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Random orders with discounts, taxes and delivery charges, returned in random parts.
@Suite struct ReturnPropertyTests {
    private typealias Desk = ReturnDesk

    @Test(.timeLimit(.minutes(10)))
    func everySubsetInEveryOrderAddsUpToWhatWasPaid() async throws {
        await PropertyRun.checkAsync(PropertyRun.whole(60, reducedTo: 15)) { run in
            let desk = Desk(.approving, seed: run.seed)
            let (lines, shares) = try Self.order(&run)
            try await desk.sell(lines, shares: shares)
            let total = shares.total.minorUnits
            try await desk.deliver()
            let runner = try desk.runner()
            var left = lines.map(\.quantity.value)
            var number: UInt128 = 0
            var paidBack: Int64 = 0
            while left.contains(where: { $0 > 0 }) {
                number += 1
                guard let value = try await Self.someReturn(ReturnID(bits: number), at: desk, &left, &run) else {
                    continue
                }
                paidBack += value.refunded?.minorUnits ?? 0
                #expect(value.isSettled, run.replay)
                #expect(try desk.refunded() == paidBack && paidBack <= total, run.replay)
                try await runner.catchUp()
                #expect(try await desk.balance(.cash) == total - paidBack, run.replay)
                #expect(try await desk.settlement.trialBalance(by: Desk.staff).isBalanced, run.replay)
            }
            #expect(paidBack == total, run.replay)
            #expect(try await desk.follower().unposted(by: .system).isEmpty, run.replay)
            // Nobody has earned anything, and nobody owes anything.
            let rest = try await desk.settlement.trialBalance(by: Desk.staff).minorUnits[.eur] ?? [:]
            #expect(rest.isEmpty, run.replay)
            let onHand = try desk.inventory.stock(of: lines.map(\.sku)).values.map { $0.onHand + $0.damaged }
            #expect(onHand.reduce(0, +) == Int64(lines.reduce(0) { $0 + $1.quantity.value }), run.replay)
        }
    }

    /// One return of some units, of which some come back; nil when none were asked for, or it came to nothing.
    private static func someReturn(
        _ id: ReturnID,
        at desk: Desk,
        _ left: inout [Int],
        _ run: inout PropertyRun
    ) async throws -> OrderReturn? {
        let returns = desk.returns()
        var items: [ReturnItem] = []
        for index in left.indices where left[index] > 0 {
            let count = run.natural(through: left[index])
            if count > 0 { items.append(try Desk.item(index, count, .defective)) }
        }
        guard !items.isEmpty else { return nil }
        let kind = run.element(of: [ReturnKind.refund, .refund, .claimRefund])
        try await returns.request(id, of: Desk.order, items, for: kind, by: Desk.asBuyer, key: "request")
        if run.natural(through: 5) == 0 {
            try await returns.reject(id, because: .used, by: Desk.asSeller, key: "reject")
            return nil
        }
        try await returns.approve(id, by: Desk.asSeller, key: "approve")
        var units: [ReturnedUnits] = []
        for item in items {
            let came = run.natural(through: 4) == 0 ? run.natural(through: item.quantity.value) : item.quantity.value
            let whole = run.natural(through: came)
            left[item.lineIndex] -= came
            if kind.expectsGoods {
                units += [Desk.back(item.lineIndex, whole), Desk.back(item.lineIndex, came - whole, .writeOff)]
            } else {
                units.append(Desk.back(item.lineIndex, came, .keptByBuyer))
            }
        }
        let value = try await returns.receive(id, units, by: Desk.asSeller, key: "receive")
        // What stays with the buyer is in no stock; it is put there for the count at the end.
        if !kind.expectsGoods {
            for (index, part) in units.enumerated() where part.units > 0 {
                try desk.inventory.record(
                    .restock(
                        id: MovementID(bits: id.bits << 16 | UInt128(index)),
                        sku: SKU(stringLiteral: "sku-\(part.lineIndex)"),
                        quantity: Quantity(part.units),
                        at: desk.clock.wall.now
                    )
                )
            }
        }
        return value
    }

    private static func order(_ run: inout PropertyRun) throws -> ([OrderLine], FrozenShares) {
        var lines: [OrderLine] = []
        var shares: [FrozenShares.Line] = []
        for index in 0...run.natural(through: 3) {
            let units = 1 + run.natural(through: 6)
            let price = Int64(1 + run.natural(through: 5_000))
            let isTaxOnTop = run.natural(through: 1) == 0
            lines.append(try Desk.line(index, units, price))
            var runs: [FrozenShares.Run] = []
            let discount = Int64(run.natural(through: Int(price)))
            // An amount that cannot be split evenly takes one more off the first units.
            let more = discount < price ? run.natural(through: units) : 0
            for (count, taken) in [(more, discount + 1), (units - more, discount)] where count > 0 {
                let net = price - taken
                let tax = net / 11
                runs.append(
                    FrozenShares.Run(
                        units: count,
                        discountMinor: taken,
                        taxMinor: tax,
                        paidMinor: isTaxOnTop ? net + tax : net
                    )
                )
            }
            shares.append(FrozenShares.Line(BasketLineID(stringLiteral: "line-\(index)"), runs))
        }
        let charges = (0..<run.natural(through: 2)).map { index in
            let paid = Int64(run.natural(through: 900))
            return FrozenShares.Charge(
                BasketLineID(stringLiteral: "charge-\(index)"),
                discountMinor: 0,
                taxMinor: paid / 6,
                paidMinor: paid
            )
        }
        return (lines, try FrozenShares(.eur, lines: shares, shipping: charges))
    }
}
