import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct OrderSettlementPropertyTests {
    private static func line(_ index: Int, _ run: inout PropertyRun) throws -> SettledLine {
        let runs = (0...run.natural(through: 2)).map { _ in
            (1 + run.natural(through: 3), Int64(run.natural(through: 9_999)), Int64(run.natural(through: 50)))
        }
        let paid = try UnitAmounts(runs.map { .init(units: $0.0, eachMinor: $0.1 + $0.2) })
        let fee = Money(minorUnits: Int64(run.natural(through: Int(paid.totalMinor))), .eur)
        return try SettledLine(
            BasketLineID(validating: "\(index)"),
            seller: run.element(of: [Example.seller, Example.otherSeller, nil]),
            kind: run.element(of: SettledLineKind.allCases),
            taxRemitter: run.element(of: TaxRemitter.allCases),
            paid: paid,
            tax: UnitAmounts(runs.map { .init(units: $0.0, eachMinor: $0.2) }),
            promotionMinor: Int64(run.natural(through: 900)) - 300,
            commission: Commission(rule: "r", fee: fee, tax: try fee.share(.percent(19), rounding: .halfUp))
        )
    }

    /// Delivers, cancels and returns units at random until nothing can be done any more, or for a while.
    private static func wander(
        _ settlement: inout OrderSettlement,
        _ balances: inout LedgerBalances,
        _ run: inout PropertyRun,
        steps: Int
    ) throws {
        let lines = try #require(settlement.opened?.lines)
        for step in 0..<steps {
            let id = LedgerEntryID(bits: UInt128(run.generator.next()))
            let line = run.element(of: lines)
            let units = [LineUnits(line.id, 1 + run.natural(through: line.units - 1))]
            let action: OrderSettlementAction =
                switch run.natural(through: 3) {
                case 0, 1: .deliver(entry: id, units: units)
                case 2: .refund(entry: id, units: units, stage: .beforeDelivery, tender: .gateway)
                default: .refund(entry: id, units: units, stage: .afterDelivery, tender: .storeCredit)
                }
            guard settlement.refusal(of: action, by: .system) == nil else { continue }
            try post(settlement.perform(action, by: .system), &balances, run)
            #expect(try settlement.perform(action, by: .system) == [], "\(step): \(run.replay)")
        }
    }

    private static func post(_ events: [LedgerEvent], _ balances: inout LedgerBalances, _ run: PropertyRun) throws {
        for case .posted(let posted) in events {
            try balances.post(posted.entry)
            #expect(balances.sumMinor(in: .eur) == 0, run.replay)
        }
    }

    @Test func refundsOfAnySubsetInAnyOrderTakeBackTheWholeOfEverything() {
        PropertyRun.check(300) { run in
            let lines = try (0...run.natural(through: 3)).map { try Self.line($0, &run) }
            let total = lines.reduce(0) { $0 + $1.paid.totalMinor }
            guard total > 0 else { return }
            var settlement = OrderSettlement()
            var balances = LedgerBalances()
            try settlement.perform(OrderSettlementTests.open(lines), by: .system)
            let capture = OrderSettlementAction.capture(
                entry: LedgerEntryID(bits: 1),
                amount: Money(minorUnits: total, .eur),
                tender: .gateway
            )
            try Self.post(settlement.perform(capture, by: .system), &balances, run)
            try Self.wander(&settlement, &balances, &run, steps: 40)
            let isReturned = run.natural(through: 1) == 0
            for (index, line) in lines.enumerated() {
                let id = LedgerEntryID(bits: UInt128(100 + index))
                let progress = settlement.progress[index]
                let left = line.units - progress.delivered - progress.canceled
                if left > 0 {
                    let units = [LineUnits(line.id, left)]
                    try Self.post(settlement.perform(.deliver(entry: id, units: units), by: .system), &balances, run)
                }
                guard isReturned, settlement.progress[index].earned > 0 else { continue }
                let action = OrderSettlementAction.refund(
                    entry: LedgerEntryID(bits: UInt128(200 + index)),
                    units: [LineUnits(line.id, settlement.progress[index].earned)],
                    stage: .afterDelivery,
                    tender: .gateway
                )
                try Self.post(settlement.perform(action, by: .system), &balances, run)
            }
            // Nobody has prepaid what is delivered or given back.
            #expect(balances[.prepayments, .eur].isZero, run.replay)
            if isReturned {
                let given = balances[.cash, .eur].minorUnits + balances[.storeCredit, .eur].minorUnits
                #expect(given == 0, run.replay)
                #expect(balances.minorUnits.keys.allSatisfy { [.cash, .storeCredit].contains($0.account) }, run.replay)
            } else {
                let kept = zip(lines, settlement.progress).reduce(Int64(0)) { sum, part in
                    sum + part.0.fee.sum(from: part.1.returned, units: part.1.earned)
                }
                #expect(balances[.commissionRevenue, .eur].minorUnits == -kept, run.replay)
            }
        }
    }
}
