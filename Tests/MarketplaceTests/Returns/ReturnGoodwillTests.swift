import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Money that was given for no units, and returns before and after it.
@Suite struct ReturnGoodwillTests {
    private typealias Desk = ReturnDesk

    /// Gives something back of a payment, as an operator does for a scratch, and posts it.
    private static func gesture(
        _ amount: Int64,
        at desk: Desk,
        of order: OrderID = Desk.order,
        by payment: PaymentID? = nil,
        atCostOf seller: SellerID? = nil,
        key: IdempotencyKey
    ) async throws {
        let payment = payment ?? PaymentID(bits: order.bits)
        try await desk.payments().refund(payment, Desk.eur(amount), by: Desk.staff, key: key)
        try await desk.settlement.recordGoodwill(
            Desk.eur(amount),
            of: order,
            atCostOf: seller,
            by: Desk.staff,
            key: key
        )
    }

    @Test func aFullReturnAfterGoodwillGivesWhatIsLeftAndSettlementAgrees() async throws {
        let desk = Desk()
        let runner = try desk.runner()
        try await desk.sell([Desk.line(0, 3, 1_000)])
        try await desk.deliver()
        try await runner.catchUp()
        try await Self.gesture(500, at: desk, key: "scratch")
        let value = try await desk.takeBack(ReturnID(bits: 1), [Desk.item(0, 3)])
        #expect(value.isSettled && value.refunded == Desk.eur(2_500))
        #expect(try desk.refunded() == 3_000)
        try await runner.catchUp()
        #expect(try await desk.follower().unposted(by: Desk.staff).isEmpty)
        let rest = try await desk.settlement.trialBalance(by: Desk.staff).minorUnits[.eur] ?? [:]
        #expect(rest.isEmpty)
    }

    @Test func goodwillThatNobodyHasPostedIsNotGivenTwiceEither() async throws {
        let desk = Desk()
        let runner = try desk.runner()
        try await desk.sell([Desk.line(0, 2, 1_000)])
        try await desk.deliver()
        let payment = PaymentID(bits: Desk.order.bits)
        try await desk.payments().refund(payment, Desk.eur(300), by: Desk.staff, key: "scratch")
        try await desk.takeBack(ReturnID(bits: 1), [Desk.item(0, 2)])
        #expect(try desk.refunded() == 2_000)
        try await runner.catchUp()
        // It is posted when somebody thinks of it.
        #expect(try await desk.balance(.cash) == 300)
        try await desk.settlement.recordGoodwill(Desk.eur(300), of: Desk.order, by: Desk.staff, key: "scratch")
        #expect(try await desk.settlement.trialBalance(by: Desk.staff).minorUnits[.eur] ?? [:] == [:])
    }

    @Test func whatAnotherReturnWasPromisedIsNotGivenToThisOne() async throws {
        // The gateway does not answer the refund of the first return, which was fixed.
        let desk = Desk(GatewayScript([.refund: GatewayRates(timedOutBeforeEffect: .whole)]))
        try await desk.sell([Desk.line(0, 2, 1_000)])
        try await desk.deliver()
        let item = try Desk.item(0)
        for number in [1, 2] {
            let id = ReturnID(bits: UInt128(number))
            await #expect(throws: ReturnsError.self) { _ = try await desk.takeBack(id, [item]) }
        }
        for number in [1, 2] {
            let value = try await desk.returns().value(ReturnID(bits: UInt128(number)), by: Desk.staff)
            #expect(value.refunded == Desk.eur(1_000))
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func everyOrderOfGoodwillAndReturnsAddsUpToWhatWasPaid() async throws {
        await PropertyRun.checkAsync(PropertyRun.whole(40, reducedTo: 10)) { run in
            let desk = Desk(.approving, seed: run.seed)
            let runner = try desk.runner()
            let prices = (0...run.natural(through: 2)).map { _ in Int64(1 + run.natural(through: 2_000)) }
            var left = prices.map { _ in 1 + run.natural(through: 3) }
            let lines = try prices.indices.map { try Desk.line($0, left[$0], prices[$0]) }
            try await desk.sell(lines)
            let total = zip(prices, left).reduce(Int64(0)) { $0 + $1.0 * Int64($1.1) }
            try await desk.deliver()
            try await runner.catchUp()
            var step: UInt128 = 0
            while left.contains(where: { $0 > 0 }) {
                step += 1
                let open = total - (try desk.refunded())
                if run.natural(through: 2) == 0, open > 0 {
                    let amount = 1 + Int64(run.natural(through: Int(min(open, 1_500)) - 1))
                    let seller = run.element(of: [nil, Desk.seller])
                    let key = try IdempotencyKey("gesture \(step)")
                    let order = try await desk.orders.order(Desk.order, by: .system)
                    if run.natural(through: 1) == 0, order.goodwillCount < Order.maximumGoodwillCount {
                        try await desk.orders.giveGoodwill(
                            Desk.eur(amount),
                            on: Desk.order,
                            atCostOf: seller == nil ? .marketplace : .seller,
                            because: .damaged,
                            by: Desk.staff,
                            key: key
                        )
                        try await runner.catchUp()
                    } else {
                        try await Self.gesture(amount, at: desk, atCostOf: seller, key: key)
                    }
                } else {
                    let index = run.element(of: left.indices.filter { left[$0] > 0 })
                    let units = 1 + run.natural(through: left[index] - 1)
                    left[index] -= units
                    let item = try Desk.item(index, units, .defective)
                    let value = try await desk.takeBack(ReturnID(bits: step), [item])
                    let expected = min(prices[index] * Int64(units), open)
                    #expect(value.isSettled && value.refunded == Desk.eur(expected), run.replay)
                    try await runner.catchUp()
                }
                #expect(try await desk.balance(.cash) == total - desk.refunded(), run.replay)
                #expect(try await desk.settlement.trialBalance(by: Desk.staff).isBalanced, run.replay)
            }
            #expect(try desk.refunded() == total, run.replay)
            #expect(try await desk.follower().unposted(by: Desk.staff).isEmpty, run.replay)
            let rest = try await desk.settlement.trialBalance(by: Desk.staff).minorUnits[.eur] ?? [:]
            #expect(rest.isEmpty, run.replay)
        }
    }
}
