import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

@Suite struct SettlementFollowerTests {
    private typealias Desk = ReturnDesk
    private static let payable = LedgerAccount.sellerPayable(Desk.seller)

    @Test func anOrderIsSettledFromItsFeedAlone() async throws {
        let desk = Desk()
        let runner = try desk.runner()
        try await desk.sell([Desk.line(0, 3, 1_000)])
        try await runner.catchUp()
        #expect(try await desk.balance(.cash) == 3_000)
        #expect(try await desk.balance(.prepayments) == -3_000)
        try await desk.deliver(Desk.order, [OrderUnits(lineIndex: 0, units: 1)])
        try await runner.catchUp()
        // A tenth of goods is the marketplace's, and 20% tax on that.
        #expect(try await desk.balance(Self.payable) == -880)
        #expect(try await desk.balance(.prepayments) == -2_000)
        try await desk.deliver(parcel: 2)
        try await runner.catchUp()
        #expect(try await desk.balance(Self.payable) == -2_640)
        #expect(try await desk.balance(.prepayments) == 0)
        try await desk.takeBack(ReturnID(bits: 1), [Desk.item(0, 2)])
        try await runner.catchUp()
        #expect(try await desk.balance(Self.payable) == -880)
        #expect(try await desk.balance(.cash) == 1_000)
        #expect(try await desk.balance(.commissionRevenue) == -100)
    }

    @Test func anEventThatIsMetTwiceIsPostedOnce() async throws {
        let desk = Desk()
        try await desk.sell([Desk.line(0, 3, 1_000)])
        try await desk.deliver()
        try await desk.takeBack(ReturnID(bits: 1), [Desk.item(0)])
        let runner = try desk.runner()
        try await runner.catchUp()
        let balance = try await desk.settlement.trialBalance(by: Desk.staff)
        for _ in 0..<2 {
            _ = try await runner.rebuild()
            try await runner.catchUp()
            #expect(try await desk.settlement.trialBalance(by: Desk.staff) == balance)
        }
        #expect(try await desk.follower().unposted(by: .system).isEmpty)
    }

    @Test func followersOfSeveralProcessesPostOnce() async throws {
        let desk = Desk()
        try await desk.sell([Desk.line(0, 3, 1_000)])
        try await desk.deliver()
        try await desk.takeBack(ReturnID(bits: 1), [Desk.item(0)])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { try await desk.runner().catchUp() } }
            try await group.waitForAll()
        }
        #expect(try await desk.balance(.cash) == 2_000)
        #expect(try await desk.balance(Self.payable) == -1_760)
        #expect(try await desk.follower().unposted(by: .system).isEmpty)
    }

    @Test func aDeliveryChargeIsEarnedByTheSellerWhenAllIsThere() async throws {
        let desk = Desk()
        let run = FrozenShares.Run(units: 2, discountMinor: 0, taxMinor: 0, paidMinor: 1_000)
        let charge = FrozenShares.Charge("post", discountMinor: 0, taxMinor: 0, paidMinor: 500)
        let shares = try FrozenShares(.eur, lines: [FrozenShares.Line("a", [run])], shipping: [charge])
        try await desk.sell([Desk.line(0, 2, 1_000)], shares: shares)
        try await desk.deliver(Desk.order, [OrderUnits(lineIndex: 0, units: 1)])
        let runner = try desk.runner()
        try await runner.catchUp()
        #expect(try await desk.balance(.prepayments) == -1_500)
        try await desk.deliver(parcel: 2)
        try await runner.catchUp()
        #expect(try await desk.balance(.prepayments) == 0)
        #expect(try await desk.balance(Self.payable) == -2_260)
    }

    @Test func whatIsTakenOffAnOrderIsRefundedAsItWasPaidBack() async throws {
        let desk = Desk()
        let runs = [
            FrozenShares.Run(units: 1, discountMinor: 0, taxMinor: 0, paidMinor: 1_000),
            FrozenShares.Run(units: 2, discountMinor: 100, taxMinor: 0, paidMinor: 900),
        ]
        try await desk.sell([Desk.line(0, 3, 1_000)], shares: FrozenShares(.eur, lines: [.init("a", runs)]))
        let change = OrderLineChange(lineIndex: 0, units: 1)
        try await desk.orders.change(Desk.order, [change], by: Desk.asBuyer, key: "change")
        let runner = try desk.runner()
        try await runner.catchUp()
        #expect(try await desk.balance(.cash) == 1_000 && desk.refunded() == 1_800)
        try await desk.orders.cancel(Desk.order, because: .buyerRequest, by: Desk.asBuyer, key: "cancel")
        try await runner.catchUp()
        #expect(try await desk.balance(.cash) == 0)
        #expect(try await desk.balance(.prepayments) == 0)
        #expect(try await desk.follower().unposted(by: .system).isEmpty)
    }

    @Test func aReturnAfterThePayoutBecomesADebtOfTheSeller() async throws {
        let desk = Desk()
        let runner = try desk.runner()
        try await desk.sell([Desk.line(0, 2, 1_000)])
        try await desk.deliver()
        try await runner.catchUp()
        desk.clock.advance(by: .days(1))
        try await desk.settlement.settle(SettlementPeriod(endingAt: desk.clock.wall.now), by: .system)
        try await desk.settlement.sendPayouts(by: .system)
        #expect(desk.bank.sent.map(\.amount) == [Desk.eur(1_760)])
        try await desk.takeBack(ReturnID(bits: 1), [Desk.item(0)])
        try await runner.catchUp()
        #expect(try await desk.balance(Self.payable) == 880)
        desk.clock.advance(by: .days(1))
        try await desk.settlement.settle(SettlementPeriod(endingAt: desk.clock.wall.now), by: .system)
        #expect(try await desk.balance(.sellerDebt(Desk.seller)) == 880)
        #expect(try await desk.settlement.trialBalance(by: Desk.staff).isBalanced)
    }

    @Test func whatCannotBePostedIsListedAndHoldsUpNobody() async throws {
        let desk = Desk()
        let other = OrderID(bits: 0x200)
        let placed = try #require(try await desk.sell([Desk.line(0, 1, 1_000)]).placed)
        // Somebody has posted by hand what the follower is about to post.
        let terms = SettlementTerms(commissions: try CommissionRules([]))
        try await desk.settlement.open(placed, on: terms, by: Desk.staff, key: "by hand")
        try await desk.settlement.recordCapture(Desk.eur(1_000), of: Desk.order, by: Desk.staff, key: "capture by hand")
        try await desk.sell([Desk.line(1, 1, 700)], as: other)
        let runner = try desk.runner()
        try await runner.catchUp()
        let follower = try desk.follower()
        let unposted = try await follower.unposted(by: .system)
        #expect(unposted.map(\.name) == [OrderStatusChanged.eventName] && unposted.map(\.orderID) == [Desk.order])
        #expect(try await follower.postAgain(by: .system) == 0)
        #expect(try await follower.unposted(by: .system) == unposted)
        #expect(try await desk.balance(.cash) == 1_700)
    }
}
