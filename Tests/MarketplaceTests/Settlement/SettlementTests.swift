import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

@Suite struct SettlementTests {
    private typealias Shop = SettlementShop
    private let seller = SettlementShop.sellers[0]
    private let order = OrderID(bits: 1)

    @Test func aKeyThatNamedAnotherPostingIsRefusedAndNothingIsLostWithoutAWord() async throws {
        let shop = try Shop()
        try await shop.sell(order, units: 3, priceMinor: 1000)
        let (settlement, units) = (shop.settlement, [LineUnits("0", 1)])
        for key in ["open", "capture", "delivered"] as [IdempotencyKey] {
            await #expect(throws: SettlementError.self, "\(key)") {
                try await settlement.recordCapture(Shop.eur(1), of: order, by: .system, key: key)
            }
            await #expect(throws: SettlementError.self, "\(key)") {
                try await settlement.recordRefund(of: order, units, .afterDelivery, by: .system, key: key)
            }
        }
        await #expect(throws: SettlementError.self) {
            try await settlement.recordDelivery(of: order, by: .seller(seller), key: "delivered")
        }
        try await settlement.recordRefund(of: order, units, .afterDelivery, by: .system, key: "return")
        #expect(try await shop.balance(.cash) == 2000)
    }

    @Test func aFactIsPostedOnceHoweverOftenItIsRecorded() async throws {
        let shop = try Shop()
        try await shop.sell(order, units: 3, priceMinor: 1000)
        let before = try await shop.settlement.trialBalance(by: Shop.staff)
        for _ in 0..<3 {
            let entry = try await shop.settlement.recordDelivery(of: order, by: .system, key: "delivered")
            #expect(entry?.cause.kind == .delivery)
            try await shop.settlement.recordCapture(Shop.eur(3000), of: order, by: .system, key: "capture")
        }
        #expect(try await shop.settlement.trialBalance(by: Shop.staff) == before)
        #expect(before.isBalanced)
        #expect(before[.cash, .eur] == Shop.eur(3000))
        #expect(before[.commissionRevenue, .eur] == Shop.eur(-300))
        #expect(before[.commissionTax, .eur] == Shop.eur(-60))
        #expect(before[.sellerPayable, .eur] == Shop.eur(-2640))
    }

    @Test func aCommitWhoseOutcomeIsUnknownIsNotPostedTwice() async throws {
        let shop = try Shop()
        try await shop.open(order, [(seller, 1, 1000)])
        shop.store.injectNext(.loseAnswer)
        try await shop.settlement.recordDelivery(of: order, by: .system, key: "delivered")
        #expect(try await shop.balance(.sellerPayable(seller)) == -880)
    }

    @Test func earningsAreHeldBackAndThenPaid() async throws {
        let shop = try Shop(hold: .days(14))
        try await shop.sell(order, priceMinor: 1000)
        for _ in 0..<14 { try await shop.settleNextDay() }
        #expect(try await shop.settlement.payouts(of: seller, by: .seller(seller)) == [])
        try await shop.settleNextDay()
        let sending = try await shop.settlement.sendPayouts(by: .system)
        #expect(sending.paid.count == 1)
        #expect(shop.bank.sent.map(\.amount) == [Shop.eur(880)])
        #expect(try await shop.balance(.cash) == 120)
        #expect(try await shop.balance(.payoutClearing) == 0)
    }

    @Test func whatIsBelowTheMinimumIsCarriedOver() async throws {
        let shop = try Shop(PayoutTerms(minimum: CurrencyAmounts(Shop.eur(1500))))
        try await shop.sell(order, priceMinor: 1000)
        #expect(try await shop.settleNextDay().map(\.carriedOver) == [Shop.eur(880)])
        try await shop.sell(OrderID(bits: 2), priceMinor: 1000)
        let run = try #require(try await shop.settleNextDay().first)
        let payout = try await shop.settlement.payout(#require(run.payouts.first), by: Shop.staff)
        #expect(payout.created?.amount == Shop.eur(1760))
        #expect(payout.created?.settles.count == 2)
    }

    @Test func aReserveIsHeldBackAndReleased() async throws {
        let shop = try Shop(PayoutTerms(reserve: .percent(25), reserveFor: .days(3)))
        try await shop.sell(order, priceMinor: 1000)
        try await shop.settleNextDay()
        #expect(try await shop.balance(.sellerReserve(seller)) == -220)
        for _ in 0..<4 { try await shop.settleNextDay() }
        try await shop.settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.map(\.amount) == [Shop.eur(660), Shop.eur(220)])
        #expect(try await shop.items() == [])
    }

    @Test func aRefundAfterThePayoutIsADebtThatTheNextPayoutNetsOnce() async throws {
        let shop = try Shop()
        try await shop.sell(order, priceMinor: 1000)
        try await shop.settleNextDay()
        try await shop.settlement.sendPayouts(by: .system)
        let units = [LineUnits("0", 1)]
        try await shop.settlement.recordRefund(of: order, units, .afterDelivery, by: .system, key: "return")
        let run = try #require(try await shop.settleNextDay().first)
        #expect(run.debtEntryID != nil)
        #expect(try await shop.balance(.sellerDebt(seller)) == 880)
        #expect(try await shop.balance(.sellerPayable(seller)) == 0)
        #expect(try await shop.balance(.commissionRevenue) == 0)
        // A debt alone stays one.
        #expect(try await shop.settleNextDay().first?.debtEntryID == nil)
        try await shop.sell(OrderID(bits: 2), priceMinor: 3000)
        try await shop.settleNextDay()
        try await shop.settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.map(\.amount) == [Shop.eur(880), Shop.eur(2640 - 880)])
        #expect(try await shop.balance(.sellerDebt(seller)) == 0)
        #expect(try await shop.items() == [])
    }

    @Test func aRefundBeforeThePayoutIsNettedInIt() async throws {
        let shop = try Shop()
        try await shop.sell(order, units: 2, priceMinor: 1000)
        let units = [LineUnits("0", 1)]
        try await shop.settlement.recordRefund(of: order, units, .afterDelivery, by: .system, key: "return")
        try await shop.settleNextDay()
        try await shop.settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.map(\.amount) == [Shop.eur(880)])
    }

    @Test func aDebtIsGivenUpOrPaidOnceAndByAnOperatorAlone() async throws {
        let shop = try Shop()
        try await shop.sell(order, priceMinor: 1000)
        try await shop.settleNextDay()
        try await shop.settlement.sendPayouts(by: .system)
        let units = [LineUnits("0", 1)]
        try await shop.settlement.recordRefund(of: order, units, .afterDelivery, by: .system, key: "return")
        try await shop.settleNextDay()
        let debt = try #require(try await shop.items().first)
        await #expect(throws: SettlementError.self) {
            try await shop.settlement.writeOff(debt.id, by: .seller(seller))
        }
        try await shop.settlement.writeOff(debt.id, by: Shop.staff)
        #expect(try await shop.balance(.writeOffs) == 880)
        #expect(try await shop.balance(.sellerDebt(seller)) == 0)
        await #expect(throws: SettlementError.unknownDebt(debt.id)) {
            try await shop.settlement.recordRepayment(of: debt.id, by: Shop.staff)
        }
        #expect(try await shop.settlement.trialBalance(by: Shop.staff).isBalanced)
    }

    @Test func anEarningIsNoDebtThatCouldBeGivenUp() async throws {
        let shop = try Shop()
        try await shop.sell(order, priceMinor: 1000)
        let earning = try #require(try await shop.items().first)
        await #expect(throws: SettlementError.self) { try await shop.settlement.writeOff(earning.id, by: Shop.staff) }
        #expect(try await shop.items() == [earning])
    }

    @Test func aPayoutThatTheBankRefusesIsOwedAgain() async throws {
        let shop = try Shop(PayoutTerms(), [.refuse("the account is closed")])
        try await shop.sell(order, priceMinor: 1000)
        try await shop.settleNextDay()
        #expect(try await shop.settlement.sendPayouts(by: .system).failed.count == 1)
        #expect(try await shop.balance(.sellerPayable(seller)) == -880)
        try await shop.settleNextDay()
        #expect(try await shop.settlement.sendPayouts(by: .system).paid.count == 1)
        #expect(shop.bank.sent.map(\.amount) == [Shop.eur(880)])
        #expect(try await shop.balance(.cash) == 120)
    }

    @Test func aPayoutThatComesBackIsOwedAgain() async throws {
        let shop = try Shop()
        try await shop.sell(order, priceMinor: 1000)
        try await shop.settleNextDay()
        let paid = try await shop.settlement.sendPayouts(by: .system).paid
        for _ in 0..<2 {
            try await shop.settlement.recordReturn(of: #require(paid.first), because: "closed", by: Shop.staff)
        }
        #expect(try await shop.balance(.cash) == 1000)
        #expect(try await shop.items().map(\.amount) == [Shop.eur(880)])
    }

    @Test(arguments: [PayoutBehavior.timeOutAfterEffect, .timeOutBeforeEffect, .failToConnect])
    func anUnansweredPayoutIsFoundOutAboutAndSentOnce(_ trouble: PayoutBehavior) async throws {
        let shop = try Shop(PayoutTerms(), [trouble])
        try await shop.sell(order, priceMinor: 1000)
        try await shop.settleNextDay()
        #expect(try await shop.settlement.sendPayouts(by: .system).open.count == 1)
        #expect(try await shop.balance(.payoutClearing) == -880)
        #expect(try await shop.settlement.sendPayouts(by: .system).paid.count == 1)
        #expect(shop.bank.sent.count == 1)
        #expect(try await shop.balance(.payoutClearing) == 0)
    }

    @Test func everySellerAndCurrencyIsSettledByItself() async throws {
        let shop = try Shop()
        try await shop.open(order, [(Shop.sellers[0], 1, 1000), (Shop.sellers[1], 2, 500), (nil, 1, 250)])
        try await shop.settlement.recordDelivery(of: order, by: .system, key: "delivered")
        let runs = try await shop.settleNextDay()
        #expect(runs.map(\.sellerID) == Shop.sellers)
        #expect(runs.map(\.payouts.count) == [1, 1])
        #expect(try await shop.balance(.ownSales) == -250)
    }

    @Test func oneStatementPageFollowsAnother() async throws {
        let shop = try Shop()
        for number in 1...5 {
            shop.clock.advance(by: .seconds(1))
            try await shop.sell(OrderID(bits: UInt128(number)), priceMinor: Int64(number) * 1000)
        }
        let account = LedgerAccount.sellerPayable(seller)
        var amounts: [Int64] = []
        var cursor: DocumentCursor?
        repeat {
            let page = try await shop.settlement.statement(
                of: account,
                in: .eur,
                by: .seller(seller),
                after: cursor,
                limit: 2
            )
            amounts += page.lines.map(\.amount.minorUnits)
            cursor = page.next
        } while cursor != nil
        #expect(amounts == [-880, -1760, -2640, -3520, -4400])
        #expect(try await shop.balance(account) == amounts.reduce(0, +))
    }

    @Test func strangersReadNoStatementAndRunNothing() async throws {
        let shop = try Shop()
        for actor in [CommandActor.visitor, .buyer(MemberID(bits: 2)), .seller(Shop.sellers[1])] {
            await #expect(throws: SettlementError.self) {
                try await shop.settlement.statement(of: .sellerPayable(seller), in: .eur, by: actor)
            }
            await #expect(throws: SettlementError.self) {
                try await shop.settlement.statement(of: seller, in: .eur, for: shop.today, by: actor)
            }
            await #expect(throws: SettlementError.self) { try await shop.settlement.settle(shop.today, by: actor) }
            await #expect(throws: SettlementError.self) { try await shop.settlement.trialBalance(by: actor) }
            await #expect(throws: SettlementError.self) {
                try await shop.settlement.recordCapture(Shop.eur(1), of: order, by: actor, key: "x")
            }
        }
    }
}
