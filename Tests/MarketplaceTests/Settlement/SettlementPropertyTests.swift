import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Random orders, deliveries, refunds of any subset in any order, gestures, runs, payouts in trouble.
@Suite struct SettlementPropertyTests {
    private typealias Shop = SettlementShop

    /// What a random day at the marketplace has come to, by its own bookkeeping.
    private struct Tally {
        var captured: Int64 = 0
        var givenBack: Int64 = 0
        var returned: Int64 = 0
        var writtenOff: Int64 = 0
        var orders: [OrderID] = []
        /// What order entries moved on sellers' accounts: earnings less reversals.
        var earned: [SellerID: Int64] = [:]

        mutating func note(_ entry: LedgerEntry?) {
            guard let entry else { return }
            let cash = entry.amount(on: .cash, in: .eur).minorUnits
            if cash > 0 { captured += cash } else { givenBack -= cash }
            for seller in Shop.sellers {
                earned[seller, default: 0] -= entry.amount(on: .sellerPayable(seller), in: .eur).minorUnits
            }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func theBooksBalanceAfterEveryStepWhateverHappens() async throws {
        await PropertyRun.checkAsync(PropertyRun.whole(40, reducedTo: 10)) { run in
            let behaviors: [PayoutBehavior] = [
                .send, .send, .refuse("closed"), .timeOutAfterEffect, .timeOutBeforeEffect, .failToConnect,
            ]
            let script = (0..<12).map { _ in run.element(of: behaviors) }
            let terms = PayoutTerms(
                minimum: CurrencyAmounts(Shop.eur(Int64(run.natural(through: 3000)))),
                reserve: .percent(Int64(run.natural(through: 100))),
                reserveFor: .days(run.natural(through: 3))
            )
            let shop = try Shop(hold: .days(run.natural(through: 2)), terms, script, seed: run.seed)
            var tally = Tally()
            for step in 0..<60 {
                try await Self.step(step, in: shop, &tally, &run)
                try await Self.check(shop, tally, run)
            }
            for _ in 0..<20 where try await !shop.settlement.sendPayouts(by: .system).open.isEmpty {}
            let paid = shop.bank.sent.reduce(0) { $0 + $1.amount.minorUnits }
            let cash = try await shop.balance(.cash)
            #expect(cash == tally.captured - tally.givenBack - paid + tally.returned, run.replay)
            #expect(try await shop.balance(.payoutClearing) == 0, run.replay)
        }
    }

    private static func step(
        _ step: Int,
        in shop: Shop,
        _ tally: inout Tally,
        _ run: inout PropertyRun
    ) async throws {
        let key = try IdempotencyKey("step \(step)")
        do throws(SettlementError) {
            switch run.natural(through: 11) {
            case 0...2:
                tally.orders.append(OrderID(bits: UInt128(step) + 1))
                try await place(in: shop, &tally, &run)
            case 3...5: try await deliver(in: shop, key, &tally, &run)
            case 6...7: try await refund(in: shop, key, &tally, &run)
            case 8: try await gesture(in: shop, key, &tally, &run)
            case 9:
                shop.clock.advance(by: .days(1))
                try await shop.settlement.settle(shop.today, by: .system)
            case 10: try await shop.settlement.sendPayouts(by: .system)
            default: try await operate(in: shop, &tally, &run)
            }
        } catch {
            // What is asked at random is often refused, and never fails.
            #expect(error.effect == .refused || error.effect == .notApplied, run.replay)
            if case .failed = error { Issue.record(error, run.replay) }
        }
    }

    private static func place(in shop: Shop, _ tally: inout Tally, _ run: inout PropertyRun)
        async throws(SettlementError)
    {
        guard let order = tally.orders.last else { return }
        let lines = (0...run.natural(through: 2)).map { _ in
            (
                seller: run.element(of: Shop.sellers + [nil]) as SellerID?, units: 1 + run.natural(through: 3),
                priceMinor: Int64(1 + run.natural(through: 5000))
            )
        }
        do {
            try await shop.open(order, lines)
        } catch let error as SettlementError {
            throw error
        } catch {
            Issue.record(error, run.replay)
        }
        tally.captured += lines.reduce(0) { $0 + $1.priceMinor * Int64($1.units) }
    }

    private static func units(
        of order: OrderID,
        in shop: Shop,
        _ run: inout PropertyRun
    ) async throws(SettlementError) -> [LineUnits] {
        let state = try await shop.settlement.state(of: order, by: .system)
        return (state.opened?.lines ?? []).compactMap { line in
            let count = run.natural(through: line.units)
            return count > 0 ? LineUnits(line.id, count) : nil
        }
    }

    private static func deliver(
        in shop: Shop,
        _ key: IdempotencyKey,
        _ tally: inout Tally,
        _ run: inout PropertyRun
    ) async throws(SettlementError) {
        guard !tally.orders.isEmpty else { return }
        let order = run.element(of: tally.orders)
        let units = run.natural(through: 1) == 0 ? nil : try await units(of: order, in: shop, &run)
        let entry = try await shop.settlement.recordDelivery(of: order, units, by: .system, key: key)
        tally.note(entry)
        let again = try await shop.settlement.recordDelivery(of: order, units, by: .system, key: key)
        // Nothing is recorded of a delivery of nothing, so that it is decided anew.
        #expect(again == entry, run.replay)
    }

    private static func refund(
        in shop: Shop,
        _ key: IdempotencyKey,
        _ tally: inout Tally,
        _ run: inout PropertyRun
    ) async throws(SettlementError) {
        guard !tally.orders.isEmpty else { return }
        let order = run.element(of: tally.orders)
        let units = try await units(of: order, in: shop, &run)
        let stage = run.element(of: RefundStage.allCases)
        let entry = try await shop.settlement.recordRefund(of: order, units, stage, by: .system, key: key)
        tally.note(entry)
        #expect(
            try await shop.settlement.recordRefund(of: order, units, stage, by: .system, key: key) == entry,
            run.replay
        )
    }

    private static func gesture(
        in shop: Shop,
        _ key: IdempotencyKey,
        _ tally: inout Tally,
        _ run: inout PropertyRun
    ) async throws(SettlementError) {
        guard !tally.orders.isEmpty else { return }
        let seller = run.element(of: Shop.sellers + [nil]) as SellerID?
        let amount = Shop.eur(Int64(1 + run.natural(through: 300)))
        tally.note(
            try await shop.settlement.recordGoodwill(
                amount,
                of: run.element(of: tally.orders),
                atCostOf: seller,
                by: .system,
                key: key
            )
        )
    }

    private static func operate(
        in shop: Shop,
        _ tally: inout Tally,
        _ run: inout PropertyRun
    ) async throws(SettlementError) {
        let seller = run.element(of: Shop.sellers)
        let items = try await shop.settlement.openItems(of: seller, in: .eur, by: Shop.staff)
        if let debt = items.first(where: { $0.account.kind == .sellerDebt }) {
            try await shop.settlement.writeOff(debt.id, by: Shop.staff)
            tally.writtenOff -= debt.amount.minorUnits
            tally.earned[seller, default: 0] -= debt.amount.minorUnits
        } else if let paid = try await shop.settlement.payouts(of: seller, by: Shop.staff)
            .first(where: { $0.status == .paid })
        {
            try await shop.settlement.recordReturn(of: paid.payoutID, because: "closed", by: Shop.staff)
            tally.returned += paid.amount.minorUnits
        }
    }

    private static func check(_ shop: Shop, _ tally: Tally, _ run: PropertyRun) async throws {
        let trial = try await shop.settlement.trialBalance(in: [.eur, .usd], by: Shop.staff)
        #expect(trial.isBalanced, run.replay)
        #expect(trial[.writeOffs, .eur].minorUnits == tally.writtenOff, run.replay)
        for seller in Shop.sellers {
            let payouts = try await shop.settlement.payouts(of: seller, by: Shop.staff)
                .filter { ![.failed, .returned].contains($0.status) }
                .reduce(0) { $0 + $1.amount.minorUnits }
            let open = try await shop.items(seller).reduce(0) { $0 + $1.amount.minorUnits }
            #expect(payouts + open == tally.earned[seller] ?? 0, run.replay)
            var balance: Int64 = 0
            for account in [LedgerAccount.sellerPayable(seller), .sellerReserve(seller), .sellerDebt(seller)] {
                balance -= try await shop.balance(account)
            }
            #expect(balance == open, run.replay)
        }
    }
}
