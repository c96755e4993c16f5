import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Purchases that store credit bears a part of: the ledger tells the gateway's money from what the marketplace owes.
@Suite struct TenderSettlementTests {
    private static let staff = CommandActor.operator(MallFloor.staff)

    @Test func ordersOfAGroupArePostedWithTheirPartsOfEachTender() async throws {
        let market = try await SettledMall(credit: 3_500)
        try await market.buy([.storeCredit(), .gateway()])
        // The first order takes all of its 3,000 from store credit, the second the 500 that are left.
        let entries = try await market.captures()
        #expect(entries[MallFloor.cupsOrder] == .split(storeCredit: MallFloor.won(3_000)))
        #expect(entries[MallFloor.teasOrder] == .split(storeCredit: MallFloor.won(500)))
        #expect(try await market.balance(.cash) == 1_000)
        #expect(try await market.balance(.storeCredit) == 3_500)
        try await market.expectExact("bought")
    }

    // All of it was posted as cash at the gateway, which had not seen a part of it.
    @Test func whatIsCalledOffGoesBackToTheTendersItCameFrom() async throws {
        let market = try await SettledMall(credit: 3_500)
        try await market.buy([.storeCredit(), .gateway()])
        for id in [MallFloor.cupsOrder, MallFloor.teasOrder] {
            try await market.cancel(id)
            try await market.expectExact("\(id) called off")
        }
        #expect(try await market.settlement.trialBalance(by: Self.staff).minorUnits[.krw] ?? [:] == [:])
    }

    @Test func whatIsGivenBackAsStoreCreditIsOwedAndStaysAtTheGateway() async throws {
        let market = try await SettledMall(credit: 0)
        try await market.buy([.gateway()])
        try await market.payments.sendRefunds(
            to: .storeCredit,
            of: PaymentID(bits: MallFloor.purchase.bits),
            by: MallFloor.asBuyer
        )
        try await market.cancel(MallFloor.cupsOrder)
        try await market.expectExact("called off")
        #expect(try await market.balance(.cash) == 4_500)
        #expect(try await market.balance(.storeCredit) == -3_000)
    }

    // A refund of more than the frozen amount posts the rest as goodwill, one of less keeps a part back.
    @Test(arguments: [(2, 1), (1, 2), (1, 1)])
    func whatAReturnGivesUnderOtherTermsIsToldApartAsWell(_ units: Int, givenFor other: Int) async throws {
        let market = try await SettledMall(credit: 3_700)
        try await market.buy([.storeCredit(), .gateway()])
        try await market.deliver(MallFloor.cupsOrder, by: .seller(MallFloor.cups))
        try await market.takeBack(1, of: MallFloor.cupsOrder, units: units, giving: AsIf(units: other))
        #expect(try await market.returned(1) == Int64(other) * 1_000)
        try await market.expectExact("\(units) back as if \(other)")
        // Of what is given, the card gives the 800 it has taken, and store credit the rest.
        #expect(try await market.balance(.cash) == 0)
    }

    @Test func anyHistoryOfAPurchaseKeepsCashAndCreditWithTheLedger() async {
        await PropertyRun.checkAsync(PropertyRun.whole(60, reducedTo: 15)) { run in try await Self.checkOneHistory(&run)
        }
    }

    private static func checkOneHistory(_ run: inout PropertyRun) async throws {
        let market = try await SettledMall(credit: Int64(run.natural(through: 5_000)))
        let limit = Int64(1 + run.natural(through: 4_400))
        try await market.buy(
            run.element(of: [
                [.storeCredit(), .gateway()],
                [.gateway(upTo: MallFloor.won(limit)), .storeCredit(upTo: MallFloor.won(limit)), .gateway()],
            ])
        )
        try await market.expectExact("bought, \(run.replay)")
        for id in [MallFloor.cupsOrder, MallFloor.teasOrder] {
            let seller = id == MallFloor.cupsOrder ? MallFloor.cups : MallFloor.teas
            try await market.giveSomething(on: id, &run)
            if run.natural(through: 3) == 0 {
                let units = 1 + run.natural(through: 1)
                try await market.orders.change(
                    id,
                    [OrderLineChange(lineIndex: 0, units: units)],
                    by: MallFloor.asBuyer,
                    key: "change"
                )
                try await market.expectExact("\(id) to \(units), \(run.replay)")
                try await market.giveSomething(on: id, &run)
            }
            if run.natural(through: 2) == 0 {
                try await market.cancel(id)
                try await market.expectExact("\(id) called off, \(run.replay)")
                continue
            }
            try await market.deliver(id, by: .seller(seller))
            if run.natural(through: 3) == 0 {
                try await market.payments.sendRefunds(
                    to: run.element(of: RefundDestination.allCases),
                    of: PaymentID(bits: MallFloor.purchase.bits),
                    by: MallFloor.asBuyer
                )
            }
            try await market.giveSomething(on: id, &run)
            // All that returns give together is what was paid for the order at most.
            var left = try await market.mall.order(id).units[0].returnable
            for number in 1...2 where run.natural(through: 2) > 0 {
                let (units, other) = (1 + run.natural(through: 1), 1 + run.natural(through: 1))
                guard other <= left else { continue }
                let returned = UInt128(number) + seller.bits << 8
                let isTaken = try await market.takeBack(returned, of: id, units: units, giving: AsIf(units: other))
                guard isTaken else { continue }
                left -= other
                try await market.expectExact("\(id) return \(number), as if \(other), \(run.replay)")
                try await market.giveSomething(on: id, &run)
            }
        }
    }
}
