import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// One seller's trouble, reserves of everything, periods that have not ended, and who may look.
@Suite struct SettlementIsolationTests {
    private typealias Shop = SettlementShop

    /// Writes what nobody can read where the run of a period for a seller is recorded.
    private static func spoil(_ period: SettlementPeriod, of seller: SellerID, at shop: Shop) async throws {
        let mark = "\(period.end.microsecondsSinceEpoch)/\(seller)/EUR"
        var transaction = Transaction(id: TransactionID(bits: 1), time: shop.clock.wall.now)
        let key = DocumentKey("settlement-runs", TextKey(stringLiteral: mark))
        transaction.write(DocumentWrite(key, body: Array("no run".utf8)))
        _ = try await shop.base.commit(transaction)
    }

    @Test func whatStandsInTheWayOfOneSellerHoldsUpNobodyBehind() async throws {
        let shop = try Shop()
        for (number, seller) in Shop.sellers.enumerated() {
            try await shop.sell(OrderID(bits: UInt128(number + 1)), seller: seller, priceMinor: 1000)
        }
        shop.clock.advance(by: .days(1))
        let period = shop.today
        try await Self.spoil(period, of: Shop.sellers[0], at: shop)
        let runs = try await shop.settlement.settle(period, by: .system)
        #expect(runs.map(\.sellerID) == Shop.sellers)
        #expect(runs[0].failure != nil && runs[0].payouts.isEmpty)
        #expect(runs[1].failure == nil && runs[1].payouts.count == 1)
        try await shop.settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.map(\.seller) == [Shop.sellers[1]])
        // The next period is another one.
        try await shop.settleNextDay()
        try await shop.settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.map(\.seller) == [Shop.sellers[1], Shop.sellers[0]])
    }

    @Test func whatStandsInTheWayOfOnePayoutHoldsUpNoOther() async throws {
        let shop = try Shop()
        for (number, seller) in Shop.sellers.enumerated() {
            try await shop.sell(OrderID(bits: UInt128(number + 1)), seller: seller, priceMinor: 1000)
        }
        let payouts = try await shop.settleNextDay().flatMap(\.payouts)
        let bad = try #require(payouts.first)
        var transaction = Transaction(id: TransactionID(bits: 1), time: shop.clock.wall.now)
        let draft = EventDraft(id: EventID(bits: 1), name: "NoPayoutEvent", schemaVersion: 1, payload: [1])
        let stream = StreamID("payout", TextKey(stringLiteral: bad.description))
        transaction.append([draft], to: stream, expecting: .any)
        _ = try await shop.base.commit(transaction)
        let sending = try await shop.settlement.sendPayouts(by: .system)
        #expect(Array(sending.failures.keys) == [bad] && sending.paid == Array(payouts.dropFirst()))
        #expect(shop.bank.sent.map(\.seller) == [Shop.sellers[1]])
    }

    @Test func aStoreThatFailsEndsTheRunBecauseItWouldFailForEverybody() async throws {
        let shop = try Shop()
        try await shop.sell(OrderID(bits: 1), priceMinor: 1000)
        shop.clock.advance(by: .days(1))
        shop.store.failNextReads(2)
        await #expect(throws: SettlementError.self) { try await shop.settlement.settle(shop.today, by: .system) }
    }

    @Test func aWholeReserveHoldsEverythingBackForItsTime() async throws {
        let seller = Shop.sellers[0]
        let shop = try Shop(PayoutTerms(reserve: .whole, reserveFor: .days(3)))
        try await shop.sell(OrderID(bits: 1), priceMinor: 1000)
        let run = try #require(try await shop.settleNextDay().first)
        #expect(run.reserveEntryID != nil && run.carriedOver == nil && run.payouts.isEmpty)
        #expect(try await shop.settlement.settle(shop.today, by: .system) == [run])
        #expect(try await shop.balance(.sellerReserve(seller)) == -880)
        #expect(try await shop.balance(.sellerPayable(seller)) == 0)
        let released = shop.clock.wall.now.advanced(by: .days(3))
        #expect(try await shop.items().map(\.maturesAt) == [released])
        for _ in 0..<3 { try await shop.settleNextDay() }
        try await shop.settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.isEmpty)
        try await shop.settleNextDay()
        try await shop.settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.map(\.amount) == [Shop.eur(880)])
        #expect(try await shop.items() == [])
        #expect(try await shop.settlement.trialBalance(by: Shop.staff).isBalanced)
    }

    @Test func earningsGoIntoAWholeReserveWhileWhatWasReleasedWaitsForItsMinimum() async throws {
        let seller = Shop.sellers[0]
        let terms = PayoutTerms(minimum: CurrencyAmounts(Shop.eur(1_000)), reserve: .whole, reserveFor: .days(1))
        let shop = try Shop(terms)
        try await shop.sell(OrderID(bits: 1), priceMinor: 1000)
        try await shop.settleNextDay()
        shop.clock.advance(by: .days(1))
        try await shop.sell(OrderID(bits: 2), priceMinor: 1000)
        #expect(try await shop.settleNextDay().map { $0.reserveEntryID != nil } == [true])
        #expect(try await shop.balance(.sellerReserve(seller)) == -1_760)
        #expect(try await shop.balance(.sellerPayable(seller)) == 0)
        shop.clock.advance(by: .days(1))
        try await shop.settleNextDay()
        try await shop.settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.map(\.amount) == [Shop.eur(1_760)])
    }

    @Test func aPeriodThatHasNotEndedPaysNothingThatIsStillHeldBack() async throws {
        let shop = try Shop(hold: .days(14))
        try await shop.sell(OrderID(bits: 1), priceMinor: 1000)
        let inAMonth = SettlementPeriod(endingAt: shop.clock.wall.now.advanced(by: .days(30)))
        let runs = try await shop.settlement.settle(inAMonth, by: .system)
        #expect(runs.allSatisfy { $0.payouts.isEmpty && $0.failure == nil })
        try await shop.settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.isEmpty)
        // It is not done with: what matures in it is paid when it has.
        shop.clock.advance(by: .days(14))
        try await shop.settlement.settle(inAMonth, by: .system)
        try await shop.settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.map(\.amount) == [Shop.eur(880)])
    }

    @Test func aSellerSeesTheOwnSettlementsAndPayoutsAndStrangersNone() async throws {
        let shop = try Shop()
        let (own, both) = (OrderID(bits: 1), OrderID(bits: 2))
        let (seller, other) = (CommandActor.seller(Shop.sellers[0]), CommandActor.seller(Shop.sellers[1]))
        try await shop.sell(own, priceMinor: 1000)
        try await shop.open(both, [(Shop.sellers[0], 1, 500), (Shop.sellers[1], 1, 500)])
        let run = try #require(try await shop.settleNextDay().first)
        let payout = try #require(run.payouts.first)
        let settlement = shop.settlement
        for actor in [seller, Shop.staff, .system] {
            #expect(try await settlement.state(of: own, by: actor).capturedMinor == 1000)
            #expect(try await settlement.payout(payout, by: actor).created?.amount == Shop.eur(880))
        }
        for actor in [other, .visitor, .buyer(MemberID(bits: 2))] {
            await #expect(throws: SettlementError.self) { _ = try await settlement.state(of: own, by: actor) }
            await #expect(throws: SettlementError.self) { _ = try await settlement.payout(payout, by: actor) }
        }
        // What two sell, and what is not there, is for those who see everything.
        for actor in [seller, other] {
            await #expect(throws: SettlementError.self) { _ = try await settlement.state(of: both, by: actor) }
            await #expect(throws: SettlementError.self) {
                _ = try await settlement.state(of: OrderID(bits: 9), by: actor)
            }
            await #expect(throws: SettlementError.self) {
                _ = try await settlement.payout(PayoutID(bits: 9), by: actor)
            }
        }
    }
}
