import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Orders whose quantities change after they were confirmed, from the change to the payout.
@Suite struct ChangedOrderSettlementTests {
    private typealias Desk = ReturnDesk
    private static let payable = LedgerAccount.sellerPayable(Desk.seller)

    /// Three units at 10.00: two more, paid apart, then three less, then what is left of them is delivered.
    private static func trade(at desk: Desk) async throws {
        try await desk.sell([Desk.line(0, 3, 1_000)])
        try desk.restock(0, .units(5), as: 9)
        try await desk.pay(2_000, as: PaymentID(bits: 77))
        let more = OrderLineChange(lineIndex: 0, units: 5)
        try await desk.orders.change(
            Desk.order,
            [more],
            paidBy: PaymentID(bits: 77),
            by: Desk.asBuyer,
            key: "more"
        )
        let less = OrderLineChange(lineIndex: 0, units: 2)
        try await desk.orders.change(Desk.order, [less], by: Desk.asBuyer, key: "less")
        try await desk.deliver()
    }

    private static func payOut(_ desk: Desk) async throws {
        desk.clock.advance(by: .days(1))
        try await desk.settlement.settle(SettlementPeriod(endingAt: desk.clock.wall.now), by: .system)
        try await desk.settlement.sendPayouts(by: .system)
    }

    @Test func unitsThatAChangeAddedAndTookOffAreSettledAndPaidOut() async throws {
        let desk = Desk()
        let runner = try desk.runner()
        try await Self.trade(at: desk)
        try await runner.catchUp()
        #expect(try await desk.follower().unposted(by: Desk.staff).isEmpty)
        #expect(try await desk.orders.order(Desk.order, by: .system).total == Desk.eur(2_000))
        #expect(try desk.held() == 2_000)
        #expect(try await desk.balance(.cash) == 2_000)
        #expect(try await desk.balance(.prepayments) == 0)
        #expect(try await desk.balance(Self.payable) == -1_760)
        try await Self.payOut(desk)
        #expect(desk.bank.sent.map(\.amount) == [Desk.eur(1_760)])
        #expect(try await desk.balance(.cash) == 240)
        #expect(try await desk.settlement.trialBalance(by: Desk.staff).isBalanced)
    }

    @Test func theCommissionOnAddedUnitsIsFrozenWhenTheyAreAdded() async throws {
        let desk = Desk()
        try await desk.sell([Desk.line(0, 1, 1_000)])
        try await desk.runner(10).catchUp()
        try desk.restock(0, .units(5), as: 9)
        try await desk.pay(1_000, as: PaymentID(bits: 77))
        let more = OrderLineChange(lineIndex: 0, units: 2)
        try await desk.orders.change(Desk.order, [more], paidBy: PaymentID(bits: 77), by: Desk.asBuyer, key: "more")
        try await desk.runner(30).catchUp()
        try await desk.deliver()
        // A follower that starts anew under other terms freezes nothing again.
        _ = try await desk.runner(50).rebuild()
        try await desk.runner(50).catchUp()
        #expect(try await desk.balance(.commissionRevenue) == -400)
        #expect(try await desk.balance(.cash) == 2_000)
        #expect(try await desk.balance(.prepayments) == 0)
        #expect(try await desk.follower().unposted(by: Desk.staff).isEmpty)
    }

    @Test func anExchangeOfUnitsOfOnePriceMovesNoMoneyAndAllIsEarned() async throws {
        let desk = Desk()
        try await desk.sell([Desk.line(0, 2, 1_000), Desk.line(1, 1, 1_000)])
        try desk.restock(1, .units(5), as: 9)
        let swap = [OrderLineChange(lineIndex: 0, units: 1), OrderLineChange(lineIndex: 1, units: 2)]
        try await desk.orders.change(Desk.order, swap, by: Desk.asBuyer, key: "swap")
        try await desk.deliver()
        try await desk.runner().catchUp()
        #expect(try await desk.balance(.cash) == 3_000 && desk.held() == 3_000)
        #expect(try await desk.balance(.prepayments) == 0)
        #expect(try await desk.balance(Self.payable) == -2_640)
    }

    @Test func whatIsAddedAfterARefundThatIsStillOwedIsNotWhatWasCalledOff() async throws {
        let desk = Desk()
        try await desk.sell([Desk.line(0, 3, 1_000)])
        try desk.restock(0, .units(5), as: 9)
        try await desk.orders.change(
            Desk.order,
            [OrderLineChange(lineIndex: 0, units: 2)],
            by: Desk.asBuyer,
            key: "less"
        )
        let run = FrozenShares.Run(units: 1, discountMinor: 400, taxMinor: 0, paidMinor: 600)
        try await desk.pay(600, as: PaymentID(bits: 77))
        try await desk.orders.change(
            Desk.order,
            [OrderLineChange(lineIndex: 0, units: 3, added: run)],
            paidBy: PaymentID(bits: 77),
            by: Desk.asSeller,
            key: "more"
        )
        try await desk.deliver()
        try await desk.takeBack(ReturnID(bits: 1), [Desk.item(0, 3)])
        try await desk.runner().catchUp()
        #expect(try desk.held() == 0)
        #expect(try await desk.settlement.trialBalance(by: Desk.staff).minorUnits[.eur] ?? [:] == [:])
        #expect(try await desk.follower().unposted(by: Desk.staff).isEmpty)
    }

    @Test func aFollowerThatDiesAtAnyCommitOrMeetsEventsTwicePostsAChangeOnce() async throws {
        for fault in [CommitFault.crashBefore, .crashAfter, .loseAnswer] {
            for number in 1... {
                let desk = Desk()
                try await Self.trade(at: desk)
                let store = FaultInjectingStore(desk.base)
                store.inject(fault, atCommit: number)
                _ = try? await desk.runner(over: store).catchUp()
                let isFired = store.firedFaults[number] != nil
                try await desk.runner().catchUp()
                _ = try await desk.runner().rebuild()
                try await desk.runner().catchUp()
                #expect(try await desk.balance(.cash) == 2_000, "\(fault) \(number)")
                #expect(try await desk.balance(Self.payable) == -1_760, "\(fault) \(number)")
                #expect(try await desk.balance(.prepayments) == 0, "\(fault) \(number)")
                #expect(try await desk.follower().unposted(by: Desk.staff).isEmpty)
                guard isFired else { break }
            }
        }
    }

    @Test func aPageFullOfEventsThatCannotBePostedDoesNotHideOneThatCan() async throws {
        let desk = Desk()
        let huge = CurrencyAmounts(Money(minorUnits: .max, .eur))
        let bad = SettlementTerms(commissions: try CommissionRules([CommissionRule("bad", fee: .flatPerUnit(huge))]))
        let good = SettlementTerms(commissions: try CommissionRules([]))
        let ids = (1...5).map { OrderID(bits: UInt128($0) << 32) }
        for (number, id) in ids.enumerated() {
            try await desk.sell([Desk.line(number, 2, 1_000)], as: id)
            desk.clock.advance(by: .seconds(1))
        }
        func follower(good last: OrderID?) -> SettlementFollower {
            SettlementFollower(in: desk.environment(), settlement: desk.settlement) { placed in
                placed.orderID == last ? good : bad
            }
        }
        let runner = ProjectionRunner(
            follower(good: nil),
            store: desk.base,
            signal: desk.base,
            identifiers: desk.identifiers,
            wallClock: desk.clock.wall,
            clock: desk.clock
        )
        try await runner.catchUp()
        #expect(try await follower(good: nil).unposted(by: Desk.staff).map(\.orderID) == ids)
        // What is wrong with the last one is put right.
        var posted = 0
        for _ in 0..<3 {
            posted += try await follower(good: ids[4]).postAgain(by: Desk.staff, limit: 2)
            desk.clock.advance(by: .seconds(1))
        }
        #expect(posted == 1)
        #expect(try await follower(good: nil).unposted(by: Desk.staff).map(\.orderID) == Array(ids.prefix(4)))
        #expect(try await desk.balance(.cash) == 2_000)
    }

    @Test func onlyOperatorsAndTheSystemSeeWhatCannotBePosted() async throws {
        let follower = try Desk().follower()
        for actor in [CommandActor.visitor, Desk.asBuyer, Desk.asSeller] {
            await #expect(throws: SettlementError.self) { try await follower.unposted(by: actor) }
            await #expect(throws: SettlementError.self) { try await follower.postAgain(by: actor) }
        }
    }
}
